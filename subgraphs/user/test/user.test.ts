import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, EDIT, eventsOf, FOLLOW, handleOf, PROFILE, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const signedUp = (handle?: string) => signUp(domain, handle);

const events = (memberId: string) => eventsOf(domain, memberId);

const UNFOLLOW =
  'mutation($id: ID!) { unfollow(input: { userId: $id }) { __typename ... on UnfollowSuccess { user { followerCount } } ... on Error { code } } }';
const UNBLOCK = 'mutation($id: ID!) { unblock(input: { userId: $id }) { __typename ... on Error { code } } }';
const FOLLOWERS =
  'query($id: ID!, $first: Int, $after: String) { user(id: $id) { followers(first: $first, after: $after) { edges { node { id handle } } pageInfo { hasNextPage endCursor } } } }';

describe('a handle', () => {
  it('is reserved once, whoever asks, and the same reservation again is well', async () => {
    const handle = handleOf(newId());
    const first = { memberId: newId(), handle, displayName: 'First', language: 'en' };
    expect((await domain.internal('handles/reserve', first)).status).toBe(200);
    expect((await domain.internal('handles/reserve', first)).status).toBe(200);
    expect(await domain.internal('handles/reserve', { ...first, memberId: newId() })).toEqual({
      status: 409,
      body: { code: 'HANDLE_TAKEN' },
    });
    expect(
      (await domain.internal('handles/reserve', { ...first, memberId: newId(), handle: `@${handle.toUpperCase()}` }))
        .status,
    ).toBe(409);
  });

  it('of a sign-up that was never completed is free again after a while', async () => {
    const handle = handleOf(newId());
    const lost = { memberId: newId(), handle, displayName: 'Lost', language: 'en' };
    await domain.internal('handles/reserve', lost);
    await domain.database.query("UPDATE profile SET reserved_until = now() - interval '1 second' WHERE id = $1", [
      lost.memberId,
    ]);
    expect((await domain.internal('handles/reserve', { ...lost, memberId: newId() })).status).toBe(200);
  });

  it('is raced for by many, and one gets it', async () => {
    const handle = handleOf(newId());
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        domain.internal('handles/reserve', { memberId: newId(), handle, displayName: 'Racer', language: 'en' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
  });

  it('that breaks a rule is refused with the rule', async () => {
    expect(
      await domain.internal('handles/reserve', { memberId: newId(), handle: '_', displayName: 'x', language: 'en' }),
    ).toMatchObject({ status: 422, body: { path: ['input', 'handle'] } });
    expect((await domain.internal('handles/reserve', { handle: 'nobody' })).status).toBe(422);
  });

  it('cannot be reserved without the secret of services', async () => {
    const response = await fetch(`${domain.url}/internal/handles/reserve`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(403);
  });
});

describe('a profile', () => {
  it('is read by its own member right after the reservation, by handle only when confirmed', async () => {
    const member = domain.keys.member();
    const handle = handleOf(member.id);
    await domain.internal('handles/reserve', { memberId: member.id, handle, displayName: 'Mina', language: 'ko' });
    const { data } = await domain.query('{ viewer { user { handle displayName } } }', {}, member);
    expect(data).toEqual({ viewer: { user: { handle, displayName: 'Mina' } } });
    expect((await domain.query(PROFILE, { handle })).data).toEqual({ user: null });
  });

  it('is found by handle in any spelling, and by reference', async () => {
    const { id, handle } = await signedUp();
    expect((await domain.query(PROFILE, { handle: `@${handle.toUpperCase()}` })).data).toMatchObject({ user: { id } });
    const { data } = await domain.query(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on User { handle } } }',
      {
        r: [
          { __typename: 'User', id },
          { __typename: 'User', id: newId() },
          { __typename: 'User', id: 'x' },
        ],
      },
    );
    expect(data).toEqual({ _entities: [{ handle }, null, null] });
  });

  it('is edited by its member, and an edit of an older version is a conflict', async () => {
    const member = await signedUp();
    expect((await domain.query(EDIT, { input: { displayName: ' 미나 ', expectedVersion: 1 } }, member)).data).toEqual({
      updateProfile: { __typename: 'UpdateProfileSuccess', user: { displayName: '미나', version: 2 } },
    });
    expect(
      (await domain.query(EDIT, { input: { displayName: 'Late', expectedVersion: 1 } }, member)).data,
    ).toMatchObject({ updateProfile: { code: 'VERSION_CONFLICT' } });
    expect((await domain.query(EDIT, { input: { displayName: '', expectedVersion: 2 } }, member)).data).toMatchObject({
      updateProfile: { path: ['input', 'displayName'] },
    });
    expect((await domain.query(EDIT, { input: { expectedVersion: 2 } })).data).toMatchObject({
      updateProfile: { code: 'NOT_SIGNED_IN' },
    });
    expect(await events(member.id)).toEqual([{ type: 'user.profile_changed', version: 1 }]);
  });
});

describe('the profile of an account that was made', () => {
  const account = (id: string, type: string, handle: string) =>
    tell(domain, { topic: 'auth', type, subject: id, data: { accountId: id, handle, language: 'ko' } });
  const answers = async (id: string, count: number) =>
    until(async () => {
      const told = await events(id);
      return told.length === count ? told.map(({ type }) => type) : null;
    });
  const reserve = (memberId: string, handle: string) =>
    domain.internal('handles/reserve', { memberId, handle, displayName: 'Mina', language: 'ko' });

  it('is confirmed once, and again to an account that asks again', async () => {
    const id = newId();
    await reserve(id, handleOf(id));
    await account(id, 'account.created', handleOf(id));
    expect(await answers(id, 1)).toEqual(['user.created']);
    await account(id, 'account.created', handleOf(id));
    await account(id, 'account.profile_requested', handleOf(id));
    expect(await answers(id, 2)).toEqual(['user.created', 'user.confirmed']);
    expect((await domain.query(PROFILE, { id })).data).toMatchObject({ user: { displayName: 'Mina' } });
  });

  it('is made though the reservation had run out, unless somebody else has the handle', async () => {
    const [late, tooLate, quick] = [newId(), newId(), newId()];
    await account(late, 'account.created', handleOf(late));
    expect(await answers(late, 1)).toEqual(['user.created']);
    await reserve(quick, handleOf(tooLate));
    await account(tooLate, 'account.created', handleOf(tooLate));
    await account(tooLate, 'account.profile_requested', handleOf(tooLate));
    expect(await answers(tooLate, 2)).toEqual(['user.refused', 'user.refused']);
    expect((await domain.query(PROFILE, { id: tooLate })).data).toEqual({ user: null });
  });

  it('that waits for an account which is closed leaves the handle free; a real one stays', async () => {
    const [gone, other] = [newId(), newId()];
    await reserve(gone, handleOf(gone));
    const member = await signedUp();
    await account(gone, 'account.closed', '');
    await account(member.id, 'account.closed', '');
    await until(async () => (await reserve(other, handleOf(gone))).status === 200);
    expect((await domain.query(PROFILE, { id: member.id })).data).toMatchObject({ user: { id: member.id } });
  });
});

describe('following', () => {
  it('is counted once however often it is asked for, and told in order', async () => {
    const [fan, star] = [await signedUp(), await signedUp()];
    for (let i = 0; i < 2; i += 1) {
      expect((await domain.query(FOLLOW, { id: star.id }, fan)).data).toEqual({
        follow: { __typename: 'FollowSuccess', user: { followerCount: 1 } },
      });
    }
    for (let i = 0; i < 2; i += 1) {
      expect((await domain.query(UNFOLLOW, { id: star.id }, fan)).data).toEqual({
        unfollow: { __typename: 'UnfollowSuccess', user: { followerCount: 0 } },
      });
    }
    expect(await events(fan.id)).toEqual([
      { type: 'user.followed', version: 1 },
      { type: 'user.unfollowed', version: 2 },
    ]);
  });

  it('is refused without a member, of oneself and of nobody', async () => {
    const member = await signedUp();
    expect((await domain.query(FOLLOW, { id: member.id })).data).toMatchObject({ follow: { code: 'NOT_SIGNED_IN' } });
    expect((await domain.query(FOLLOW, { id: member.id }, member)).data).toMatchObject({
      follow: { __typename: 'ValidationError', path: ['input', 'userId'] },
    });
    for (const id of [newId(), 'nobody', "'; DROP TABLE profile; --"]) {
      expect((await domain.query(FOLLOW, { id }, member)).data).toMatchObject({ follow: { code: 'NOT_FOUND' } });
    }
  });

  it('both ways at once does not dead-lock, and counts are right', async () => {
    const [a, b] = [await signedUp(), await signedUp()];
    await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        i % 2 ? domain.query(FOLLOW, { id: b.id }, a) : domain.query(FOLLOW, { id: a.id }, b),
      ),
    );
    for (const one of [a, b])
      expect((await domain.query(PROFILE, { id: one.id })).data).toMatchObject({
        user: { followerCount: 1, followingCount: 1 },
      });
  });

  it('is listed in pages, newest first, with nobody twice and nobody left out', async () => {
    const star = await signedUp();
    const fans = await Promise.all(Array.from({ length: 7 }, () => signedUp()));
    for (const fan of fans) await domain.query(FOLLOW, { id: star.id }, fan);
    type Page = {
      user: { followers: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    };
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await domain.query<Page>(FOLLOWERS, { id: star.id, first: 3, after });
      seen.push(...data.user.followers.edges.map((edge) => edge.node.id));
      after = data.user.followers.pageInfo.hasNextPage ? data.user.followers.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(fans.map((fan) => fan.id).reverse());
  });

  it('is told to the viewer apart from the public profile', async () => {
    const [fan, star, stranger] = [await signedUp(), await signedUp(), await signedUp()];
    await domain.query(FOLLOW, { id: star.id }, fan);
    const { data } = await domain.query(
      'query($ids: [ID!]!) { viewer { followStates(ids: $ids) { userId followed } } }',
      { ids: [stranger.id, star.id] },
      fan,
    );
    expect(data).toEqual({
      viewer: {
        followStates: [
          { userId: stranger.id, followed: false },
          { userId: star.id, followed: true },
        ],
      },
    });
    const tooMany = await domain.query(
      'query($ids: [ID!]!) { viewer { followStates(ids: $ids) { followed } } }',
      { ids: Array.from({ length: 101 }, newId) },
      fan,
    );
    expect(tooMany.errors?.[0]?.message).toContain('at most 100');
  });
});

describe('blocking', () => {
  it('ends the follows of both, and hides each from the other until it ends', async () => {
    const [a, b, c] = [await signedUp(), await signedUp(), await signedUp()];
    for (const [follower, followee] of [
      [a, b],
      [b, a],
      [b, c],
      [a, c],
    ] as const)
      await domain.query(FOLLOW, { id: followee.id }, follower);
    expect((await domain.query(BLOCK, { id: b.id }, a)).data).toEqual({ block: { __typename: 'BlockSuccess' } });

    expect((await domain.query(PROFILE, { id: b.id }, a)).data).toEqual({ user: null });
    expect((await domain.query(PROFILE, { handle: a.handle }, b)).data).toEqual({ user: null });
    expect((await domain.query(PROFILE, { id: a.id })).data).toMatchObject({
      user: { followerCount: 0, followingCount: 1 },
    });
    expect((await domain.query(FOLLOW, { id: a.id }, b)).data).toMatchObject({ follow: { code: 'NOT_FOUND' } });
    expect(JSON.stringify((await domain.query(FOLLOWERS, { id: c.id }, a)).data)).not.toContain(b.id);
    expect(JSON.stringify((await domain.query(FOLLOWERS, { id: c.id }, b)).data)).not.toContain(a.id);

    const blocked = await domain.query('{ viewer { blockedUsers { edges { node { id } } } } }', {}, a);
    expect(blocked.data).toEqual({ viewer: { blockedUsers: { edges: [{ node: { id: b.id } }] } } });
    await domain.query(UNBLOCK, { id: b.id }, a);
    expect((await domain.query(PROFILE, { id: b.id }, a)).data).toMatchObject({ user: { id: b.id, followerCount: 0 } });
    expect((await events(a.id)).map((event) => event.type)).toEqual([
      'user.followed',
      'user.followed',
      'user.unfollowed',
      'user.blocked',
      'user.unblocked',
    ]);
  });

  it('is refused without a member and of oneself', async () => {
    const member = await signedUp();
    expect((await domain.query(BLOCK, { id: member.id })).data).toMatchObject({ block: { code: 'NOT_SIGNED_IN' } });
    expect((await domain.query(UNBLOCK, { id: member.id })).data).toMatchObject({ unblock: { code: 'NOT_SIGNED_IN' } });
    expect((await domain.query(BLOCK, { id: member.id }, member)).data).toMatchObject({
      block: { __typename: 'ValidationError' },
    });
  });
});

describe('what profiles cost', () => {
  const cost = async (ask: () => Promise<unknown>) => {
    const before = await domain.statements();
    await ask();
    return (await domain.statements()) - before;
  };
  /** Waits until what was written before has been told to the caches: from then on asking costs so much. */
  const settlesAt = (statements: number, ask: () => Promise<unknown>) =>
    until(async () => (await cost(ask)) === statements, `a cost of ${statements} statements`);

  it('is nothing for one that was read before, whoever asks, and for a member one check of blocks and one of counts', async () => {
    const [mina, other] = [await signedUp(), await signedUp()];
    const read = (as: TestMember | null = null) => domain.query(PROFILE, { id: mina.id }, as);
    expect(await cost(read)).toBe(1);
    expect(await cost(read)).toBe(0);
    expect(await cost(() => read(other))).toBe(2);
    await domain.query(BLOCK, { id: mina.id }, other);
    expect((await read(other)).data).toEqual({ user: null });
  });

  it('is constant for a list: the lists alone when the profiles were read before', async () => {
    const star = await signedUp();
    const fans = await Promise.all(Array.from({ length: 12 }, () => signedUp()));
    for (const fan of fans) await domain.query(FOLLOW, { id: star.id }, fan);
    const nested =
      'query($id: ID!, $first: Int) { user(id: $id) { followers(first: $first) { edges { node { handle following(first: 3) { edges { node { handle } } } } } } } }';
    const ask =
      (first: number, as: TestMember | null = null) =>
      () =>
        domain.query(nested, { id: star.id, first }, as);
    // The star, her followers, their profiles, whom they follow.
    expect(await cost(ask(12))).toBe(4);
    for (const first of [1, 12]) await settlesAt(2, ask(first));
    // For a member also who is blocked and what is counted for her.
    const viewer = await signedUp();
    for (const first of [1, 12]) await settlesAt(4, ask(first, viewer));
  });
});

describe('a profile that is kept in a cache', () => {
  it('is new at once for whoever asks after a change, and soon on an instance that shares no cache', async () => {
    await using second = await domain.another();
    const [mina, fan] = [await signedUp(), await signedUp()];
    const seen = async (by: Pick<TestDomain, 'query'>) =>
      (await by.query<{ user: object }>(PROFILE, { id: mina.id })).data.user;
    for (const by of [domain, second]) expect(await seen(by)).toMatchObject({ version: 1, followerCount: 0 });
    await domain.query(EDIT, { input: { displayName: '미나', expectedVersion: 1 } }, mina);
    expect(await seen(domain)).toMatchObject({ displayName: '미나', version: 2 });
    await until(async () => expect(await seen(second)).toMatchObject({ displayName: '미나', version: 2 }) ?? true);
    await second.query(FOLLOW, { id: mina.id }, fan);
    expect(await seen(second)).toMatchObject({ followerCount: 1 });
    await until(async () => expect(await seen(domain)).toMatchObject({ followerCount: 1 }) ?? true);
    await domain.query(BLOCK, { id: fan.id }, mina);
    expect(await seen(domain)).toMatchObject({ followerCount: 0 });
    await until(async () => expect(await seen(second)).toMatchObject({ followerCount: 0 }) ?? true);
    // What is hidden is asked each time, on every instance.
    expect((await second.query(PROFILE, { id: mina.id }, fan)).data).toEqual({ user: null });
  });

  it('is nobody when the time of its reservation is over', async () => {
    const member = domain.keys.member();
    await domain.internal('handles/reserve', {
      memberId: member.id,
      handle: handleOf(member.id),
      displayName: 'Brief',
      language: 'en',
    });
    await domain.database.query("UPDATE profile SET reserved_until = now() + interval '4 seconds' WHERE id = $1", [
      member.id,
    ]);
    const read = async () => (await domain.query<{ user: object | null }>(PROFILE, { id: member.id })).data.user;
    expect(await read()).toMatchObject({ displayName: 'Brief' });
    await until(async () => (await read()) === null);
  });
});

describe('the door of the subgraph', () => {
  it('is closed to whoever does not carry the router secret, and to bad tokens', async () => {
    const body = JSON.stringify({ query: '{ _service { sdl } }' });
    const direct = await fetch(`${domain.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(direct.status).toBe(403);
    expect((await domain.query('{ viewer { id } }', {}, { token: 'forged' })).status).toBe(401);
  });

  it('gives away nothing of what went wrong inside', async () => {
    const bad = await domain.query(FOLLOWERS, { id: newId(), first: 99_999_999 });
    expect(JSON.stringify(bad)).not.toMatch(/stack|node_modules|prisma/i);
  });
});

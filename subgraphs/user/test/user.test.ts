import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const handleOf = (id: string) => `m_${id.replaceAll('-', '').slice(-20)}`;

/** A member with a profile, made as sign-up makes it: reserved, then confirmed by auth's event. */
async function signedUp(handle?: string): Promise<TestMember & { handle: string }> {
  const member = domain.keys.member();
  const wanted = handle ?? handleOf(member.id);
  const reserved = await domain.internal('handles/reserve', {
    memberId: member.id,
    handle: wanted,
    displayName: wanted,
    language: 'en',
  });
  expect(reserved).toEqual({ status: 200, body: { reserved: true } });
  await domain.database.query("UPDATE profile SET status = 'ACTIVE', reserved_until = NULL WHERE id = $1", [member.id]);
  return { ...member, handle: wanted };
}

async function events(aggregateId: string): Promise<{ type: string; version: number }[]> {
  return until(async () => {
    const { rows } = await domain.database.query('SELECT count(*)::int AS waiting FROM events.outbox');
    if (rows[0].waiting > 0) return null;
    const log = await domain.log.query(
      "SELECT value FROM log.record WHERE topic = 'user' AND key = $1 ORDER BY record_offset",
      [aggregateId],
    );
    return log.rows.map(({ value }) => ({ type: value.type, version: Number(value.aggregateversion) }));
  }, 'an empty outbox');
}

const PROFILE =
  'query($id: ID, $handle: String) { user(id: $id, handle: $handle) { id handle displayName followerCount followingCount version } }';
const FOLLOW =
  'mutation($id: ID!) { follow(input: { userId: $id }) { __typename ... on FollowSuccess { user { followerCount } } ... on Error { code path } } }';
const UNFOLLOW =
  'mutation($id: ID!) { unfollow(input: { userId: $id }) { __typename ... on UnfollowSuccess { user { followerCount } } ... on Error { code } } }';
const BLOCK = 'mutation($id: ID!) { block(input: { userId: $id }) { __typename ... on Error { code } } }';
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
    const edit =
      'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { __typename ... on UpdateProfileSuccess { user { displayName version } } ... on Error { code path } } }';
    expect((await domain.query(edit, { input: { displayName: ' 미나 ', expectedVersion: 1 } }, member)).data).toEqual({
      updateProfile: { __typename: 'UpdateProfileSuccess', user: { displayName: '미나', version: 2 } },
    });
    expect(
      (await domain.query(edit, { input: { displayName: 'Late', expectedVersion: 1 } }, member)).data,
    ).toMatchObject({ updateProfile: { code: 'VERSION_CONFLICT' } });
    expect((await domain.query(edit, { input: { displayName: '', expectedVersion: 2 } }, member)).data).toMatchObject({
      updateProfile: { path: ['input', 'displayName'] },
    });
    expect((await domain.query(edit, { input: { expectedVersion: 2 } })).data).toMatchObject({
      updateProfile: { code: 'NOT_SIGNED_IN' },
    });
    expect(await events(member.id)).toEqual([{ type: 'user.profile_changed', version: 1 }]);
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

describe('the cost of a list', () => {
  it('is the same for one member and for many', async () => {
    const star = await signedUp();
    const fans = await Promise.all(Array.from({ length: 12 }, () => signedUp()));
    for (const fan of fans) await domain.query(FOLLOW, { id: star.id }, fan);
    const nested =
      'query($id: ID!, $first: Int) { user(id: $id) { followers(first: $first) { edges { node { handle following(first: 3) { edges { node { handle } } } } } } } }';
    const cost = async (first: number, as: TestMember | null) => {
      const before = await domain.statements();
      await domain.query(nested, { id: star.id, first }, as);
      return (await domain.statements()) - before;
    };
    const viewer = await signedUp();
    expect([await cost(1, null), await cost(12, null)]).toEqual([4, 4]);
    expect(await cost(12, viewer)).toBe(await cost(1, viewer));
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

import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, eventsOf, FOLLOW, PROFILE, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const act = (verb: 'mute' | 'unmute') => (as: TestMember | null, id: string) =>
  domain.query(
    `mutation($id: ID!) { ${verb}(input: { userId: $id }) { __typename ... on Error { code } } }`,
    { id },
    as,
  );
const mute = act('mute');
const unmute = act('unmute');
const mutedUsers = async (as: TestMember) =>
  (
    await domain.query<{ viewer: { mutedUsers: { edges: { node: { id: string } }[] } } }>(
      '{ viewer { mutedUsers { edges { node { id } } } } }',
      {},
      as,
    )
  ).data.viewer.mutedUsers.edges.map((edge) => edge.node.id);

describe('muting', () => {
  it('is known to the viewer alone, hides no profile, ends no follow, and is told once', async () => {
    const [mina, loud] = [await signUp(domain), await signUp(domain)];
    await domain.query(FOLLOW, { id: loud.id }, mina);
    for (let i = 0; i < 2; i += 1)
      expect((await mute(mina, loud.id)).data).toEqual({ mute: { __typename: 'MuteSuccess' } });
    expect(await mutedUsers(mina)).toEqual([loud.id]);
    const states = 'query($ids: [ID!]!) { viewer { followStates(ids: $ids) { followed muted } } }';
    expect((await domain.query(states, { ids: [loud.id] }, mina)).data).toEqual({
      viewer: { followStates: [{ followed: true, muted: true }] },
    });
    expect((await domain.query(states, { ids: [mina.id] }, loud)).data).toEqual({
      viewer: { followStates: [{ followed: false, muted: false }] },
    });
    for (const [id, as] of [
      [loud.id, mina],
      [mina.id, loud],
    ] as const)
      expect((await domain.query(PROFILE, { id }, as)).data).toMatchObject({ user: { id } });
    for (let i = 0; i < 2; i += 1)
      expect((await unmute(mina, loud.id)).data).toEqual({ unmute: { __typename: 'UnmuteSuccess' } });
    expect(await mutedUsers(mina)).toEqual([]);
    expect((await eventsOf(domain, mina.id)).map((event) => event.type)).toEqual([
      'user.followed',
      'user.muted',
      'user.unmuted',
    ]);
  });

  it('is refused without a member, of oneself, of nobody, and of whom a block hides', async () => {
    const [mina, troll] = [await signUp(domain), await signUp(domain)];
    await domain.query(BLOCK, { id: mina.id }, troll);
    expect((await mute(null, mina.id)).data).toMatchObject({ mute: { code: 'NOT_SIGNED_IN' } });
    expect((await unmute(null, mina.id)).data).toMatchObject({ unmute: { code: 'NOT_SIGNED_IN' } });
    expect((await mute(mina, mina.id)).data).toMatchObject({ mute: { code: 'INVALID' } });
    for (const id of [newId(), 'nobody', troll.id])
      expect((await mute(mina, id)).data).toMatchObject({ mute: { code: 'NOT_FOUND' } });
  });

  it('leaves the list of the muted without those whom a block hides', async () => {
    const [mina, loud] = [await signUp(domain), await signUp(domain)];
    await mute(mina, loud.id);
    await domain.query(BLOCK, { id: mina.id }, loud);
    expect(await mutedUsers(mina)).toEqual([]);
  });
});

describe('members whom a block hides', () => {
  type Page = {
    user: {
      followerCount: number;
      followers: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean } };
    };
  };
  const ask = (id: string, first: number, as: TestMember | null) =>
    domain.query<Page>(
      'query($id: ID!, $first: Int) { user(id: $id) { followerCount followers(first: $first) { edges { node { id } } pageInfo { hasNextPage } } } }',
      { id, first },
      as,
    );

  it('are in no count, and take no place in a page', async () => {
    const [star, viewer] = [await signUp(domain), await signUp(domain)];
    const [first, second, third] = [await signUp(domain), await signUp(domain), await signUp(domain)];
    const [troll, other] = [await signUp(domain), await signUp(domain)];
    for (const fan of [first, second, third, troll, other]) await domain.query(FOLLOW, { id: star.id }, fan);
    await domain.query(BLOCK, { id: troll.id }, viewer);
    await domain.query(BLOCK, { id: viewer.id }, other);
    const { user: seen } = (await ask(star.id, 3, viewer)).data;
    expect(seen.followerCount).toBe(3);
    expect(seen.followers.edges.map((edge) => edge.node.id)).toEqual([third.id, second.id, first.id]);
    expect(seen.followers.pageInfo.hasNextPage).toBe(false);
    expect((await ask(star.id, 3, null)).data.user).toMatchObject({
      followerCount: 5,
      followers: { pageInfo: { hasNextPage: true } },
    });
    const following = 'query($id: ID!) { user(id: $id) { followingCount } }';
    expect((await domain.query(following, { id: first.id }, viewer)).data).toEqual({ user: { followingCount: 1 } });
    await domain.query(BLOCK, { id: star.id }, viewer);
    expect((await domain.query(following, { id: first.id }, viewer)).data).toEqual({ user: { followingCount: 0 } });
  });

  it('cost the same number of statements for a page of one and of many', async () => {
    const [star, viewer, troll] = [await signUp(domain), await signUp(domain), await signUp(domain)];
    const fans = await Promise.all(Array.from({ length: 8 }, () => signUp(domain)));
    for (const fan of [...fans, troll]) await domain.query(FOLLOW, { id: star.id }, fan);
    await domain.query(BLOCK, { id: troll.id }, viewer);
    const nested = (first: number) =>
      domain.query(
        'query($id: ID!, $first: Int) { user(id: $id) { followers(first: $first) { edges { node { handle followerCount followingCount } } } } }',
        { id: star.id, first },
        viewer,
      );
    const cost = async (first: number) => {
      await nested(first);
      const before = await domain.statements();
      await nested(first);
      return (await domain.statements()) - before;
    };
    // Her block with the star, the list, the profiles' blocks, the counts; and once more the profiles while what was just
    // told of the follows is still coming and has them forgotten.
    for (const first of [8, 1])
      await until(async () => (await cost(first)) === 4, `a page of ${first} in 4 statements`);
  });
});

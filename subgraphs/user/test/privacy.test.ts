import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { tell } from '@community/testing/tell';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, EDIT, eventsOf, FOLLOW, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const SETTINGS =
  'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename ... on UpdateSettingsSuccess { settings { private version } } } }';

async function setPrivate(member: TestMember, isPrivate: boolean): Promise<void> {
  const { data } = await domain.query<{ viewer: { settings: { version: number } } }>(
    '{ viewer { settings { version } } }',
    {},
    member,
  );
  const input = { private: isPrivate, expectedVersion: data.viewer.settings.version };
  expect((await domain.query(SETTINGS, { input }, member)).data).toMatchObject({
    updateSettings: { settings: { private: isPrivate } },
  });
}

async function privateMember() {
  const member = await signUp(domain);
  const links = [{ url: 'https://mina.example', label: 'Blog' }];
  await domain.query(EDIT, { input: { bio: 'Secret', links, expectedVersion: 1 } }, member);
  await setPrivate(member, true);
  return member;
}

type Verb =
  | 'follow'
  | 'unfollow'
  | 'removeFollower'
  | 'acceptFollowRequest'
  | 'declineFollowRequest'
  | 'cancelFollowRequest';
const act = async (verb: Verb, as: TestMember | null, userId: string) =>
  (
    await domain.query<Record<Verb, { __typename: string; code?: string }>>(
      `mutation($id: ID!) { ${verb}(input: { userId: $id }) { __typename ... on Error { code } } }`,
      { id: userId },
      as,
    )
  ).data[verb];

const FACE =
  'query($id: ID!) { user(id: $id) { handle private bio links { url } followerCount followers { edges { node { id } } } following { edges { node { id } } } } }';
const face = async (id: string, as: TestMember | null) => (await domain.query(FACE, { id }, as)).data;

async function requestsTo(member: TestMember): Promise<string[]> {
  const { data } = await domain.query<{ viewer: { followRequests: { edges: { node: { id: string } }[] } } }>(
    '{ viewer { followRequests { edges { node { id } } } } }',
    {},
    member,
  );
  return data.viewer.followRequests.edges.map((edge) => edge.node.id);
}

const stateOf = async (as: TestMember, id: string) =>
  (
    await domain.query<{ viewer: { followStates: unknown[] } }>(
      'query($ids: [ID!]!) { viewer { followStates(ids: $ids) { followed requested } } }',
      { ids: [id] },
      as,
    )
  ).data.viewer.followStates[0];

describe('a private member', () => {
  it('shows bio, links and follows to herself and her followers only, her name to everybody', async () => {
    const [mina, fan, stranger] = [await signUp(domain), await signUp(domain), await signUp(domain)];
    await domain.query(FOLLOW, { id: mina.id }, fan);
    await domain.query(FOLLOW, { id: fan.id }, mina);
    await domain.query(EDIT, { input: { bio: 'Secret', expectedVersion: 1 } }, mina);
    await face(mina.id, null);
    await setPrivate(mina, true);
    const all = {
      user: {
        bio: 'Secret',
        private: true,
        followers: { edges: [{ node: { id: fan.id } }] },
        following: { edges: [{ node: { id: fan.id } }] },
      },
    };
    for (const as of [mina, fan]) expect(await face(mina.id, as)).toMatchObject(all);
    for (const as of [null, stranger])
      expect(await face(mina.id, as)).toEqual({
        user: {
          handle: mina.handle,
          private: true,
          bio: '',
          links: [],
          followerCount: 1,
          followers: { edges: [] },
          following: { edges: [] },
        },
      });
    await setPrivate(mina, false);
    expect(await face(mina.id, stranger)).toMatchObject({ user: { bio: 'Secret', private: false } });
  });

  it('is as closed by reference, on every instance at once', async () => {
    await using second = await domain.another();
    const mina = await signUp(domain);
    await domain.query(EDIT, { input: { bio: 'Secret', expectedVersion: 1 } }, mina);
    const read = async () =>
      (
        await second.query('query($r: [_Any!]!) { _entities(representations: $r) { ... on User { bio } } }', {
          r: [{ __typename: 'User', id: mina.id }],
        })
      ).data;
    expect(await read()).toEqual({ _entities: [{ bio: 'Secret' }] });
    await setPrivate(mina, true);
    expect(await read()).toEqual({ _entities: [{ bio: '' }] });
  });

  it('is asked by who wants to follow, once, and accepts', async () => {
    const [mina, fan] = [await privateMember(), await signUp(domain)];
    for (let i = 0; i < 2; i += 1) expect(await act('follow', fan, mina.id)).toEqual({ __typename: 'FollowRequested' });
    expect(await requestsTo(mina)).toEqual([fan.id]);
    expect(await stateOf(fan, mina.id)).toEqual({ followed: false, requested: true });
    expect(await face(mina.id, fan)).toMatchObject({ user: { bio: '', followerCount: 0 } });
    expect(await act('acceptFollowRequest', mina, fan.id)).toEqual({ __typename: 'AcceptFollowRequestSuccess' });
    expect(await face(mina.id, fan)).toMatchObject({ user: { bio: 'Secret', followerCount: 1 } });
    expect(await stateOf(fan, mina.id)).toEqual({ followed: true, requested: false });
    expect(await act('follow', fan, mina.id)).toEqual({ __typename: 'FollowSuccess' });
    expect(await requestsTo(mina)).toEqual([]);
    expect((await eventsOf(domain, fan.id)).map((event) => event.type)).toEqual([
      'user.follow_requested',
      'user.follow_request_ended',
      'user.followed',
    ]);
    expect((await eventsOf(domain, mina.id)).map((event) => event.type)).toContain('user.privacy_changed');
  });

  it('declines, is asked no longer by who takes it back, and nobody else answers', async () => {
    const [mina, fan, other] = [await privateMember(), await signUp(domain), await signUp(domain)];
    await act('follow', fan, mina.id);
    expect(await act('acceptFollowRequest', other, fan.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await act('acceptFollowRequest', fan, fan.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await act('acceptFollowRequest', null, fan.id)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await act('declineFollowRequest', mina, fan.id)).toEqual({ __typename: 'DeclineFollowRequestSuccess' });
    expect(await act('acceptFollowRequest', mina, fan.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stateOf(fan, mina.id)).toEqual({ followed: false, requested: false });
    await act('follow', fan, mina.id);
    expect(await act('cancelFollowRequest', fan, mina.id)).toEqual({ __typename: 'CancelFollowRequestSuccess' });
    expect(await act('cancelFollowRequest', fan, 'nobody')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await requestsTo(mina)).toEqual([]);
  });

  it('answers each request once, whatever comes at the same time', async () => {
    const [mina, fan] = [await privateMember(), await signUp(domain)];
    await act('follow', fan, mina.id);
    const answers = await Promise.all([
      act('acceptFollowRequest', mina, fan.id),
      act('acceptFollowRequest', mina, fan.id),
      act('cancelFollowRequest', fan, mina.id),
    ]);
    expect(answers.filter((answer) => answer.__typename === 'AcceptFollowRequestSuccess').length).toBeLessThanOrEqual(
      1,
    );
    const followed = answers.some((answer) => answer.__typename === 'AcceptFollowRequestSuccess');
    expect(await stateOf(fan, mina.id)).toEqual({ followed, requested: false });
    expect(await face(mina.id, mina)).toMatchObject({ user: { followerCount: followed ? 1 : 0 } });
  });

  it('takes a follower away, who then sees no more', async () => {
    const [mina, fan] = [await privateMember(), await signUp(domain)];
    await act('follow', fan, mina.id);
    await act('acceptFollowRequest', mina, fan.id);
    expect(await act('removeFollower', mina, fan.id)).toEqual({ __typename: 'RemoveFollowerSuccess' });
    expect(await face(mina.id, fan)).toMatchObject({ user: { bio: '', followerCount: 0 } });
    expect(await act('follow', fan, mina.id)).toEqual({ __typename: 'FollowRequested' });
  });

  it('is asked no longer by one with whom there is a block', async () => {
    const [mina, troll] = [await privateMember(), await signUp(domain)];
    await act('follow', troll, mina.id);
    await domain.query(BLOCK, { id: troll.id }, mina);
    expect(await requestsTo(mina)).toEqual([]);
    expect(await act('acceptFollowRequest', mina, troll.id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await act('follow', troll, mina.id)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('who becomes public keeps her requests, and lets in who follows anew', async () => {
    const [mina, fan] = [await privateMember(), await signUp(domain)];
    await act('follow', fan, mina.id);
    await setPrivate(mina, false);
    expect(await requestsTo(mina)).toEqual([fan.id]);
    expect(await act('follow', fan, mina.id)).toEqual({ __typename: 'FollowSuccess' });
    expect(await requestsTo(mina)).toEqual([]);
  });

  it('is not followed by nobody', async () => {
    const mina = await privateMember();
    expect(await act('follow', null, mina.id)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await act('removeFollower', mina, newId())).toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('a suspended member is named, says so, and shows nothing else of hers to anybody until it is over', async () => {
  const [mina, fan] = [await signUp(domain), await signUp(domain)];
  const input = { bio: 'About me', links: [{ url: 'https://mina.example', label: 'Blog' }], expectedVersion: 1 };
  await domain.query(EDIT, { input }, mina);
  await domain.query(FOLLOW, { id: fan.id }, mina);
  await domain.query(FOLLOW, { id: mina.id }, fan);
  const lists = 'followers { edges { node { id } } } following { edges { node { id } } }';
  const profile = async () => {
    const query = `query($mina: ID!, $fan: ID!) {
      mina: user(id: $mina) { id suspended bio links { url } ${lists} } fan: user(id: $fan) { suspended ${lists} } }`;
    return (await domain.query(query, { mina: mina.id, fan: fan.id }, fan)).data;
  };
  const none = { edges: [] };
  const of = (id: string) => ({ edges: [{ node: { id } }] });
  const standing = {
    mina: {
      id: mina.id,
      suspended: false,
      bio: input.bio,
      links: [{ url: 'https://mina.example' }],
      followers: of(fan.id),
      following: of(fan.id),
    },
    fan: { suspended: false, followers: of(mina.id), following: of(mina.id) },
  };
  const suspended = {
    mina: { id: mina.id, suspended: true, bio: '', links: [], followers: none, following: none },
    fan: { suspended: false, followers: none, following: none },
  };
  expect(await profile()).toEqual(standing);
  const tellAuth = (type: string, data: object) =>
    tell(domain, { topic: 'auth', type, subject: mina.id, data: { accountId: mina.id, ...data } });
  await tellAuth('account.suspended', { until: null });
  await expect.poll(profile, { timeout: 15_000 }).toEqual(suspended);
  await tellAuth('account.reinstated', {});
  await expect.poll(profile, { timeout: 15_000 }).toEqual(standing);
  const snapshot = { roles: ['MEMBER'], createdAt: new Date().toISOString() };
  await tellAuth('account.snapshot', { ...snapshot, suspended: true });
  await expect.poll(profile, { timeout: 15_000 }).toEqual(suspended);
  await tellAuth('account.snapshot', { ...snapshot, suspended: false });
  await expect.poll(profile, { timeout: 15_000 }).toEqual(standing);
});

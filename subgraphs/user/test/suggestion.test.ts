import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, FOLLOW, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Page {
  readonly edges: { node: { followedByCount: number; user: { id: string } } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

async function page(as: TestMember, first = 20, after: string | null = null): Promise<Page> {
  const { data } = await domain.query<{ viewer: { followSuggestions: Page } }>(
    'query($first: Int, $after: String) { viewer { followSuggestions(first: $first, after: $after) { edges { node { followedByCount user { id } } } pageInfo { hasNextPage endCursor } } } }',
    { first, after },
    as,
  );
  return data.viewer.followSuggestions;
}

const suggested = async (as: TestMember) =>
  (await page(as)).edges.map(({ node }) => [node.user.id, node.followedByCount] as const);
const follow = (by: TestMember, ...whom: TestMember[]) =>
  Promise.all(whom.map(({ id }) => domain.query(FOLLOW, { id }, by)));
/** New members by what a test calls them. */
async function members<Name extends string>(...names: Name[]): Promise<Record<Name, TestMember>> {
  const made = {} as Record<Name, TestMember>;
  for (const name of names) made[name] = await signUp(domain);
  return made;
}
const act = (verb: string, as: TestMember | null, id: string) =>
  domain.query(
    `mutation($id: ID!) { ${verb}(input: { userId: $id }) { __typename ... on Error { code } } }`,
    { id },
    as,
  );

describe('suggestions of whom to follow', () => {
  it('are those whom most follow whom the viewer follows, read in pages', async () => {
    const { viewer, a, b, c, popular, known, alone } = await members(
      'viewer',
      'a',
      'b',
      'c',
      'popular',
      'known',
      'alone',
    );
    await follow(viewer, a, b, c);
    await follow(a, popular, known, viewer, b);
    await follow(b, popular, known);
    await follow(c, popular);
    await follow(popular, alone);
    expect(await suggested(viewer)).toEqual([
      [popular.id, 3],
      [known.id, 2],
    ]);
    const first = await page(viewer, 1);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await page(viewer, 1, first.pageInfo.endCursor);
    expect(second.edges.map(({ node }) => node.user.id)).toEqual([known.id]);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('are without whom she follows, asked, blocks, mutes, dismissed, and who does not want to be come upon', async () => {
    const { viewer, friend, ...others } = await members(
      'viewer',
      'friend',
      'blocked',
      'blocker',
      'muted',
      'dismissed',
      'hidden',
      'asked',
    );
    const { blocked, blocker, muted, dismissed, hidden, asked } = others;
    await follow(viewer, friend);
    await follow(friend, ...Object.values(others));
    expect(await suggested(viewer)).toHaveLength(6);
    await domain.query(BLOCK, { id: blocked.id }, viewer);
    await domain.query(BLOCK, { id: viewer.id }, blocker);
    await act('mute', viewer, muted.id);
    for (let i = 0; i < 2; i += 1)
      expect((await act('dismissFollowSuggestion', viewer, dismissed.id)).data).toEqual({
        dismissFollowSuggestion: { __typename: 'DismissFollowSuggestionSuccess' },
      });
    const update = 'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename } }';
    await domain.query(update, { input: { findableBy: 'FOLLOWERS', expectedVersion: 1 } }, hidden);
    await domain.query(update, { input: { private: true, expectedVersion: 1 } }, asked);
    expect(await suggested(viewer)).toEqual([[asked.id, 1]]);
    await follow(viewer, asked);
    expect(await suggested(viewer)).toEqual([]);
  });

  it('are dismissed by members only, and of members only', async () => {
    const { viewer } = await members('viewer');
    expect((await act('dismissFollowSuggestion', null, viewer.id)).data).toMatchObject({
      dismissFollowSuggestion: { code: 'NOT_SIGNED_IN' },
    });
    for (const id of [newId(), 'nobody'])
      expect((await act('dismissFollowSuggestion', viewer, id)).data).toMatchObject({
        dismissFollowSuggestion: { code: 'NOT_FOUND' },
      });
  });

  it('cost one statement for themselves, however many they are', async () => {
    const { viewer, friend, ...others } = await members('viewer', 'friend', 'a', 'b', 'c', 'd', 'e', 'f', 'g');
    await follow(viewer, friend);
    await follow(friend, ...Object.values(others));
    const cost = async (first: number) => {
      const before = await domain.statements();
      await page(viewer, first);
      return (await domain.statements()) - before;
    };
    await page(viewer);
    // And one for the blocks of those who are shown, once what was written before has been told to the caches.
    for (const first of [1, 7]) await until(async () => (await cost(first)) === 2, 'two statements');
  });
});

import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, createPost, tellUser } from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Page {
  readonly edges: { node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function set(as: TestMember | null, postId: string, verb = 'bookmark') {
  type Set = { made: { __typename: string; code?: string; state?: { bookmarked: boolean } } };
  const Success = verb === 'bookmark' ? 'BookmarkPostSuccess' : 'UnbookmarkPostSuccess';
  const { data } = await domain.query<Set>(
    `mutation($id: ID!) { made: ${verb}Post(input: { postId: $id }) { __typename ... on ${Success} { state { bookmarked } } ... on Error { code } } }`,
    { id: postId },
    as,
  );
  return data.made.code ?? data.made.state?.bookmarked;
}

const BOOKMARKS =
  'query($first: Int, $after: String) { viewer { bookmarks(first: $first, after: $after) { edges { node { id title } } pageInfo { hasNextPage endCursor } } } }';
async function page(as: TestMember, first = 20, after: string | null = null): Promise<Page> {
  const { data } = await domain.query<{ viewer: { bookmarks: Page } }>(BOOKMARKS, { first, after }, as);
  return data.viewer.bookmarks;
}
const list = async (as: TestMember) => (await page(as)).edges.map((edge) => edge.node.id);

describe('bookmarks', () => {
  it('are the member’s own: listed by when she set them, page by page, and taken away again', async () => {
    const [mina, jun] = [domain.keys.member(), domain.keys.member()];
    const [a, b, c] = [
      await createPost(domain, jun, boardId),
      await createPost(domain, jun, boardId),
      await createPost(domain, jun, boardId),
    ];
    for (const id of [b, c, a, b]) expect(await set(mina, id)).toBe(true);
    expect(await list(mina)).toEqual([a, c, b]);
    const first = await page(mina, 2);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect((await page(mina, 2, first.pageInfo.endCursor)).edges).toMatchObject([{ node: { id: b } }]);
    expect(await list(jun)).toEqual([]);
    expect((await domain.query(BOOKMARKS)).data).toEqual({ viewer: null });
    expect(await set(mina, c, 'unbookmark')).toBe(false);
    expect(await list(mina)).toEqual([a, b]);
  });

  it('are refused without a member, and on posts that are not there or not for her', async () => {
    const [mina, jun] = [domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, jun, boardId);
    expect(await set(null, id)).toBe('NOT_SIGNED_IN');
    expect(await set(mina, mina.id)).toBe('NOT_FOUND');
    expect(await set(mina, 'x')).toBe('NOT_FOUND');
    await tellUser(domain, 'user.blocked', jun.id, { blockerId: jun.id, blockedId: mina.id });
    expect(await set(mina, id)).toBe('NOT_FOUND');
  });

  it('show no post that was taken away, or of somebody who is blocked or became private, and let go of it', async () => {
    const [mina, gone, blocked, shy, other] = Array.from({ length: 5 }, () => domain.keys.member()) as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    const ids: string[] = [];
    for (const author of [gone, blocked, shy, other]) ids.push(await createPost(domain, author, boardId));
    for (const id of ids) await set(mina, id);
    await domain.query(
      'mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }',
      { id: ids[0] },
      gone,
    );
    await tellUser(domain, 'user.blocked', blocked.id, { blockerId: blocked.id, blockedId: mina.id });
    await tellUser(domain, 'user.privacy_changed', shy.id, { userId: shy.id, private: true });
    expect(await page(mina, 1)).toMatchObject({ edges: [{ node: { id: ids[3] } }], pageInfo: { hasNextPage: false } });
    const state =
      'mutation($id: ID!) { unbookmarkPost(input: { postId: $id }) { ... on UnbookmarkPostSuccess { state { bookmarked post { title } } } } }';
    expect((await domain.query(state, { id: ids[1] }, mina)).data).toEqual({
      unbookmarkPost: { state: { bookmarked: false, post: null } },
    });
  });

  it('cost one statement for the states of many posts, and the same for a long list as for a short one', async () => {
    const [mina, jun] = [domain.keys.member(), domain.keys.member()];
    const ids: string[] = [];
    for (let i = 0; i < 12; i += 1) ids.push(await createPost(domain, jun, boardId));
    for (const id of ids) await set(mina, id);
    const states = (some: readonly string[]) =>
      costOf(domain, () =>
        domain.query('query($ids: [ID!]!) { viewer { postStates(ids: $ids) { bookmarked } } }', { ids: some }, mina),
      );
    await states(ids);
    expect([await states(ids.slice(0, 1)), await states(ids)]).toEqual([1, 1]);
    expect([await costOf(domain, () => page(mina, 1)), await costOf(domain, () => page(mina, 12))]).toEqual([1, 1]);
  });
});

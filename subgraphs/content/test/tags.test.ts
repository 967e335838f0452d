import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { CREATE_POST, costOf, createBoard, tellUser } from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

async function post(author: TestMember, tags: string[]): Promise<string> {
  const { data } = await domain.query<{ createPost: { post?: { id: string }; code?: string } }>(
    CREATE_POST,
    { input: { boardId, title: 'Title', body: 'Body', tags } },
    author,
  );
  return data.createPost.post?.id ?? String(data.createPost.code);
}

const TAG =
  'query($name: String!, $first: Int, $after: String) { tag(name: $name) { name posts(first: $first, after: $after) { edges { node { id tags { name } } } pageInfo { hasNextPage endCursor } } } }';
interface Tag {
  readonly name: string;
  readonly posts: {
    edges: { node: { id: string; tags: { name: string }[] } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}
const tag = async (name: string, as: TestMember | null = null, page: object = {}) =>
  (await domain.query<{ tag: Tag | null }>(TAG, { name, ...page }, as)).data.tag;
const ids = async (name: string, as: TestMember | null = null) =>
  (await tag(name, as))?.posts.edges.map((edge) => edge.node.id);
/** A tag that no other test uses. */
const fresh = (stem: string) => `${stem}${Math.random().toString(36).slice(2, 10)}`;

describe('tags', () => {
  it('are kept in one spelling, and lead to their posts in English and Korean', async () => {
    const author = domain.keys.member();
    const [web, korean] = [fresh('web'), fresh('개발')];
    const first = await post(author, [`#${web.toUpperCase()}`, korean, web]);
    const second = await post(author, [korean]);
    expect(await tag(web)).toMatchObject({
      name: web,
      posts: { edges: [{ node: { id: first, tags: [{ name: web }, { name: korean }] } }] },
    });
    expect(await ids(`#${korean}`)).toEqual([second, first]);
    expect((await tag(korean.normalize('NFD')))?.name).toBe(korean);
    const page = await tag(korean, null, { first: 1 });
    expect(page?.posts.pageInfo.hasNextPage).toBe(true);
    expect((await tag(korean, null, { first: 1, after: page?.posts.pageInfo.endCursor }))?.posts.edges).toMatchObject([
      { node: { id: first } },
    ]);
    expect(await tag('no tag')).toBeNull();
  });

  it('are refused when there are too many or one cannot be one', async () => {
    const author = domain.keys.member();
    expect(await post(author, ['a', 'b', 'c', 'd', 'e', 'f'])).toBe('TOO_MANY_TAGS');
    expect(await post(author, ['<script>'])).toBe('BAD_TAG');
  });

  it('change by an edit, stay by one that does not name them, and go with the post', async () => {
    const author = domain.keys.member();
    const [old, fresher] = [fresh('old'), fresh('new')];
    const id = await post(author, [old]);
    const edit = (input: object) =>
      domain.query(
        'mutation($input: EditPostInput!) { editPost(input: $input) { ... on EditPostSuccess { post { tags { name } } } } }',
        { input: { postId: id, ...input } },
        author,
      );
    expect((await edit({ body: 'Other', expectedVersion: 1 })).data).toEqual({
      editPost: { post: { tags: [{ name: old }] } },
    });
    expect((await edit({ tags: [fresher], expectedVersion: 2 })).data).toEqual({
      editPost: { post: { tags: [{ name: fresher }] } },
    });
    expect([await ids(old), await ids(fresher)]).toEqual([[], [id]]);
    await domain.query('mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }', { id }, author);
    expect(await ids(fresher)).toEqual([]);
    expect((await domain.query('query($id: ID!) { post(id: $id) { tags { name } } }', { id })).data).toEqual({
      post: { tags: [] },
    });
  });

  it('show nothing of whom the viewer blocks or mutes, nor of the private and the suspended', async () => {
    const viewer = domain.keys.member();
    const authors = Array.from({ length: 5 }, () => domain.keys.member());
    const [blocked, muted, shy, suspended, friend] = authors as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    const name = fresh('all');
    const posts: string[] = [];
    for (const author of authors) posts.push(await post(author, [name]));
    await tellUser(domain, 'user.blocked', viewer.id, { blockerId: viewer.id, blockedId: blocked.id });
    await tellUser(domain, 'user.muted', viewer.id, { muterId: viewer.id, mutedId: muted.id });
    await tellUser(domain, 'user.privacy_changed', shy.id, { userId: shy.id, private: true });
    await domain.database.query('INSERT INTO suspended_member VALUES ($1)', [suspended.id]);
    expect(await ids(name, viewer)).toEqual([posts[4]]);
    expect(await ids(name, friend)).toEqual([posts[4], posts[1], posts[0]]);
  });

  it('cost the same SQL for one post and for many', async () => {
    const author = domain.keys.member();
    const name = fresh('many');
    for (let i = 0; i < 10; i += 1) await post(author, [name, `${name}-${i}`]);
    const cost = (first: number) => costOf(domain, () => tag(name, author, { first }));
    await cost(1);
    expect([await cost(1), await cost(10)]).toEqual([2, 2]);
  });
});

import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, createComment, createPost, tellUser } from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

const REVISIONS = '{ edges { node { version title body changes { kind text } } } pageInfo { hasNextPage endCursor } }';

async function edit(
  as: TestMember | null,
  kind: 'Post' | 'Comment',
  id: string,
  body: string,
  expectedVersion: number,
) {
  const thing = kind.toLowerCase();
  const { data } = await domain.query<{ edited: Record<string, unknown> }>(
    `mutation($input: Edit${kind}Input!) { edited: edit${kind}(input: $input) { __typename ... on Edit${kind}Success { ${thing} { body version } } ... on Error { code } } }`,
    { input: { [`${thing}Id`]: id, body, expectedVersion } },
    as,
  );
  return data.edited;
}
async function revisionsOf(kind: 'Post' | 'Comment', id: string, as: TestMember | null = null, args = '') {
  const { data } = await domain.query<{ _entities: [{ revisions: { edges: object[] } } | null] }>(
    `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${kind} { revisions${args} ${REVISIONS} } } }`,
    { r: [{ __typename: kind, id }] },
    as,
  );
  return data._entities[0]?.revisions;
}
const remove = (as: TestMember, kind: 'Post' | 'Comment', id: string) =>
  domain.query(
    `mutation($id: ID!) { delete${kind}(input: { ${kind.toLowerCase()}Id: $id }) { __typename } }`,
    { id },
    as,
  );

describe('what was said before', () => {
  it('is told with what was changed, the latest version first, page by page', async () => {
    const author = domain.keys.member();
    const id = await createPost(domain, author, boardId);
    expect(await revisionsOf('Post', id)).toMatchObject({ edges: [] });
    await edit(author, 'Post', id, 'The whole Body', 1);
    await edit(author, 'Post', id, 'The Body', 2);
    const [third, second, first] = [
      {
        version: 3,
        title: 'Title',
        body: 'The Body',
        changes: [
          { kind: 'SAME', text: 'The ' },
          { kind: 'REMOVED', text: 'whole ' },
          { kind: 'SAME', text: 'Body' },
        ],
      },
      { version: 2, body: 'The whole Body' },
      { version: 1, body: 'Body', changes: [{ kind: 'ADDED', text: 'Body' }] },
    ];
    expect(await revisionsOf('Post', id)).toMatchObject({
      edges: [{ node: third }, { node: second }, { node: first }],
    });
    const page = await revisionsOf('Post', id, null, '(first: 2)');
    expect(page).toMatchObject({ edges: [{ node: third }, { node: second }], pageInfo: { hasNextPage: true } });
  });

  it('is kept of comments, which their authors alone edit, from the version that they read', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member({ roles: ['MODERATOR'] })];
    const id = await createComment(domain, author, await createPost(domain, other, boardId));
    expect(await edit(null, 'Comment', id, 'x', 1)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect(await edit(other, 'Comment', id, 'x', 1)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await edit(author, 'Comment', id, ' ', 1)).toMatchObject({ code: 'INVALID' });
    expect(await edit(author, 'Comment', id, '댓글 수정', 1)).toMatchObject({
      comment: { body: '댓글 수정', version: 2 },
    });
    expect(await edit(author, 'Comment', id, 'late', 1)).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await revisionsOf('Comment', id)).toMatchObject({
      edges: [{ node: { version: 2, title: null, body: '댓글 수정' } }, { node: { version: 1, body: 'Comment' } }],
    });
  });

  it('is for those who may see the thing: not for the blocked, and for moderators once it is hidden', async () => {
    const [author, blocked] = [domain.keys.member(), domain.keys.member()];
    const moderator = domain.keys.member({ roles: ['MODERATOR'] });
    const id = await createPost(domain, author, boardId);
    await edit(author, 'Post', id, 'Better', 1);
    await tellUser(domain, 'user.blocked', author.id, { blockerId: author.id, blockedId: blocked.id });
    expect(await revisionsOf('Post', id, blocked)).toBeUndefined();
    await remove(moderator, 'Post', id);
    for (const as of [author, null]) expect(await revisionsOf('Post', id, as)).toMatchObject({ edges: [] });
    expect((await revisionsOf('Post', id, moderator))?.edges).toHaveLength(2);
  });

  it('is gone when its author takes it away, for moderators too, while the comment keeps its place', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member()];
    const postId = await createPost(domain, other, boardId);
    const id = await createComment(domain, author, postId);
    await createComment(domain, other, postId, id);
    await edit(author, 'Comment', id, 'Something secret', 1);
    await remove(author, 'Comment', id);
    expect(await revisionsOf('Comment', id, domain.keys.member({ roles: ['MODERATOR'] }))).toMatchObject({ edges: [] });
    expect((await domain.database.query('SELECT FROM revision WHERE thing_id = $1', [id])).rowCount).toBe(0);
    const thread = await domain.query(
      'query($id: ID!) { post(id: $id) { comments { edges { node { id body visibility } } } } }',
      { id: postId },
    );
    expect(thread.data).toEqual({
      post: { comments: { edges: [{ node: { id, body: null, visibility: 'DELETED' } }] } },
    });
  });

  it('costs one statement for all posts of a page', async () => {
    const author = domain.keys.member();
    const on = await createBoard(domain);
    for (let i = 0; i < 6; i += 1) await edit(author, 'Post', await createPost(domain, author, on), `Body ${i}`, 1);
    const cost = (first: number) =>
      costOf(domain, () =>
        domain.query(
          `query($id: ID!, $first: Int) { board(id: $id) { posts(first: $first) { edges { node { revisions(first: 2) ${REVISIONS} } } } } }`,
          { id: on, first },
        ),
      );
    await cost(1);
    expect([await cost(1), await cost(6)]).toEqual([3, 3]);
  });
});

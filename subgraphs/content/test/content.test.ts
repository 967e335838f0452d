import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import {
  COMMENT,
  CREATE_BOARD,
  CREATE_POST,
  costOf,
  createBoard,
  createComment,
  createPost,
  POST,
  tellUser,
  toldOf,
} from './support.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await board();
});
afterAll(() => domain[Symbol.asyncDispose]());

const EDIT_POST =
  'mutation($input: EditPostInput!) { editPost(input: $input) { __typename ... on EditPostSuccess { post { title bodyHtml version editedAt } } ... on Error { code } } }';
const DELETE_POST =
  'mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename ... on DeletePostSuccess { post { visibility } } ... on Error { code } } }';
const DELETE_COMMENT =
  'mutation($id: ID!) { deleteComment(input: { commentId: $id }) { __typename ... on Error { code } } }';
const like = (verb: string) =>
  `mutation($id: ID!) { ${verb}Post(input: { postId: $id }) { __typename ... on ${verb === 'like' ? 'Like' : 'Unlike'}PostSuccess { post { likeCount } } ... on Error { code } } }`;
const FEED =
  'query($first: Int, $after: String) { feed(first: $first, after: $after) { edges { node { id title board { slug } author { id } } } pageInfo { hasNextPage endCursor } } }';

const board = () => createBoard(domain);
const post = (author: TestMember, on = boardId, title?: string) => createPost(domain, author, on, title);
const comment = (author: TestMember, postId: string, parentId?: string) =>
  createComment(domain, author, postId, parentId);

const events = (key: string) => toldOf(domain, key);
const block = (blockerId: string, blockedId: string, type = 'user.blocked', version = 1) =>
  tellUser(domain, type, blockerId, { blockerId, blockedId }, version);

describe('boards', () => {
  it('are made by moderators, each slug once', async () => {
    const moderator = domain.keys.member({ roles: ['MODERATOR'] });
    const input = { slug: `s-${newId()}`, name: 'Talk' };
    expect((await domain.query(CREATE_BOARD, { input })).data).toMatchObject({
      createBoard: { code: 'NOT_SIGNED_IN' },
    });
    expect((await domain.query(CREATE_BOARD, { input }, domain.keys.member())).data).toMatchObject({
      createBoard: { code: 'FORBIDDEN' },
    });
    expect((await domain.query(CREATE_BOARD, { input }, moderator)).data).toMatchObject({
      createBoard: { __typename: 'CreateBoardSuccess' },
    });
    expect((await domain.query(CREATE_BOARD, { input }, moderator)).data).toMatchObject({
      createBoard: { code: 'SLUG_TAKEN', path: ['input', 'slug'] },
    });
    expect((await domain.query(CREATE_BOARD, { input: { ...input, slug: 'No Good' } }, moderator)).data).toMatchObject({
      createBoard: { path: ['input', 'slug'] },
    });
  });
});

describe('a post', () => {
  it('is published once however often the same request is sent', async () => {
    const author = domain.keys.member();
    const input = { boardId, title: ' Title ', body: '*Body*', clientMutationId: 'k1' };
    const answers = await Promise.all(
      [1, 2, 3].map(() => domain.query<{ createPost: { post: { id: string } } }>(CREATE_POST, { input }, author)),
    );
    expect(new Set(answers.map(({ data }) => data.createPost.post.id)).size).toBe(1);
    expect(answers[0]?.data).toMatchObject({
      createPost: { post: { title: 'Title', bodyHtml: '<p><em>Body</em></p>', version: 1, author: { id: author.id } } },
    });
    expect((await domain.query(CREATE_POST, { input: { ...input, title: 'Other' } }, author)).data).toMatchObject({
      createPost: { code: 'CLIENT_MUTATION_ID_REUSED' },
    });
    expect(await events(String(answers[0]?.data.createPost.post.id))).toEqual(['1 post.published']);
  });

  it('is refused without a member, a board, a title or a body', async () => {
    const author = domain.keys.member();
    const input = { boardId, title: 'T', body: 'B' };
    expect((await domain.query(CREATE_POST, { input })).data).toMatchObject({ createPost: { code: 'NOT_SIGNED_IN' } });
    expect((await domain.query(CREATE_POST, { input: { ...input, boardId: newId() } }, author)).data).toMatchObject({
      createPost: { path: ['input', 'boardId'] },
    });
    expect((await domain.query(CREATE_POST, { input: { ...input, title: '  ' } }, author)).data).toMatchObject({
      createPost: { path: ['input', 'title'] },
    });
    expect((await domain.query(CREATE_POST, { input: { ...input, body: '' } }, author)).data).toMatchObject({
      createPost: { path: ['input', 'body'] },
    });
  });

  it('is edited by its author alone, from the version that she read', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member({ roles: ['MODERATOR'] })];
    const id = await post(author);
    expect(
      (await domain.query(EDIT_POST, { input: { postId: id, body: '**new**', expectedVersion: 1 } }, author)).data,
    ).toMatchObject({ editPost: { post: { title: 'Title', bodyHtml: '<p><strong>new</strong></p>', version: 2 } } });
    expect(
      (await domain.query(EDIT_POST, { input: { postId: id, body: 'late', expectedVersion: 1 } }, author)).data,
    ).toMatchObject({ editPost: { code: 'VERSION_CONFLICT' } });
    expect(
      (await domain.query(EDIT_POST, { input: { postId: id, body: 'mine', expectedVersion: 2 } }, other)).data,
    ).toMatchObject({ editPost: { code: 'FORBIDDEN' } });
    expect(
      (await domain.query(EDIT_POST, { input: { postId: id, body: 'x', expectedVersion: 2 } })).data,
    ).toMatchObject({ editPost: { code: 'NOT_SIGNED_IN' } });
    expect(await events(id)).toEqual(['1 post.published', '2 post.edited']);
  });

  it('leaves a tombstone without words and author, by every way', async () => {
    const [author, stranger] = [domain.keys.member(), domain.keys.member()];
    const id = await post(author, boardId, 'Secret title');
    expect((await domain.query(DELETE_POST, { id }, stranger)).data).toMatchObject({
      deletePost: { code: 'FORBIDDEN' },
    });
    for (let i = 0; i < 2; i += 1)
      expect((await domain.query(DELETE_POST, { id }, author)).data).toMatchObject({
        deletePost: { post: { visibility: 'DELETED' } },
      });
    expect((await domain.query(POST, { id }, author)).data).toMatchObject({
      post: { id, title: null, body: null, bodyHtml: null, author: null, visibility: 'DELETED' },
    });
    const byReference = await domain.query(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Post { title body author { id } } } }',
      { r: [{ __typename: 'Post', id }] },
    );
    expect(byReference.data).toEqual({ _entities: [{ title: null, body: null, author: null }] });
    expect(JSON.stringify((await domain.query(FEED, { first: 100 })).data)).not.toContain(id);
    expect(await events(id)).toEqual(['1 post.published', '2 post.deleted']);
    expect(await comment(stranger, id)).toBe('NOT_FOUND');
  });

  it('taken away by a moderator is hidden', async () => {
    const id = await post(domain.keys.member());
    expect((await domain.query(DELETE_POST, { id }, domain.keys.member({ roles: ['MODERATOR'] }))).data).toMatchObject({
      deletePost: { post: { visibility: 'HIDDEN' } },
    });
  });
});

describe('likes', () => {
  it('count once for each member, also of many at once, and are told apart from the post', async () => {
    const id = await post(domain.keys.member());
    const fans = Array.from({ length: 10 }, () => domain.keys.member());
    await Promise.all([...fans, ...fans].map((fan) => domain.query(like('like'), { id }, fan)));
    expect((await domain.query(POST, { id })).data).toMatchObject({ post: { likeCount: 10 } });
    expect((await domain.query(like('unlike'), { id }, fans[0])).data).toMatchObject({
      unlikePost: { post: { likeCount: 9 } },
    });
    expect((await domain.query(like('unlike'), { id }, fans[0])).data).toMatchObject({
      unlikePost: { post: { likeCount: 9 } },
    });
    const states = 'query($ids: [ID!]!) { viewer { postStates(ids: $ids) { liked } } }';
    expect((await domain.query(states, { ids: [id] }, fans[1])).data).toEqual({
      viewer: { postStates: [{ liked: true }] },
    });
    expect((await domain.query(states, { ids: [id] }, fans[0])).data).toEqual({
      viewer: { postStates: [{ liked: false }] },
    });
    expect((await domain.query(like('like'), { id })).data).toMatchObject({ likePost: { code: 'NOT_SIGNED_IN' } });
    expect(await events(id)).toEqual([
      '1 post.published',
      ...Array.from({ length: 10 }, (_, i) => `${i + 2} post.liked`),
      '12 post.unliked',
    ]);
  });
});

describe('comments', () => {
  it('nest under each other, count on their post and keep their place when one is taken away', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member()];
    const id = await post(author);
    const top = await comment(other, id);
    const reply = await comment(author, id, top);
    expect((await domain.query(DELETE_COMMENT, { id: top }, author)).data).toMatchObject({
      deleteComment: { code: 'FORBIDDEN' },
    });
    expect((await domain.query(DELETE_COMMENT, { id: top }, other)).data).toMatchObject({
      deleteComment: { __typename: 'DeleteCommentSuccess' },
    });
    const { data } = await domain.query(
      'query($id: ID!) { post(id: $id) { commentCount comments { edges { node { id body author { id } visibility replies { edges { node { id body depth } } } } } } } }',
      { id },
    );
    expect(data).toEqual({
      post: {
        commentCount: 1,
        comments: {
          edges: [
            {
              node: {
                id: top,
                body: null,
                author: null,
                visibility: 'DELETED',
                replies: { edges: [{ node: { id: reply, body: 'Comment', depth: 1 } }] },
              },
            },
          ],
        },
      },
    });
  });

  it('are counted as they are listed: one that was taken away while there are answers under it', async () => {
    const member = domain.keys.member();
    const id = await post(member);
    const top = await comment(member, id);
    const middle = await comment(member, id, top);
    const answers = [await comment(member, id, middle), await comment(member, id, middle)];
    const remaining = async () => {
      const { data } = await domain.query<{ _entities: [{ replyCount: number; replies: { edges: object[] } }] }>(
        'query($r: [_Any!]!) { _entities(representations: $r) { ... on Comment { replyCount replies { edges { cursor } } } } }',
        { r: [{ __typename: 'Comment', id: top }] },
      );
      const [{ replyCount, replies }] = data._entities;
      expect(replies.edges).toHaveLength(replyCount);
      return replyCount;
    };
    expect(await remaining()).toBe(1);
    for (const [gone, left] of [
      [middle, 1],
      [answers[0], 1],
      [answers[1], 0],
    ] as const) {
      await domain.query(DELETE_COMMENT, { id: gone }, member);
      expect(await remaining()).toBe(left);
    }
  });

  it('are refused under another post’s comment, too deep, and without a member', async () => {
    const member = domain.keys.member();
    const [one, two] = [await post(member), await post(member)];
    const elsewhere = await comment(member, two);
    expect(await comment(member, one, elsewhere)).toBe('NOT_FOUND');
    let parent = await comment(member, one);
    for (let depth = 1; depth <= 8; depth += 1) parent = await comment(member, one, parent);
    expect(await comment(member, one, parent)).toBe('TOO_DEEP');
    expect((await domain.query(COMMENT, { input: { postId: one, body: 'x' } })).data).toMatchObject({
      createComment: { code: 'NOT_SIGNED_IN' },
    });
  });
});

describe('a block', () => {
  it('hides what each wrote from the other, in lists and by id, and lets neither answer or like', async () => {
    const [a, b] = [domain.keys.member(), domain.keys.member()];
    const on = await board();
    const [ofA, ofB] = [await post(a, on), await post(b, on)];
    const commentOfB = await comment(b, ofA);
    await block(a.id, b.id);
    for (const [viewer, hidden] of [
      [a, ofB],
      [b, ofA],
    ] as const) {
      expect((await domain.query(POST, { id: hidden }, viewer)).data).toEqual({ post: null });
      expect(
        JSON.stringify(
          (
            await domain.query(
              'query($id: ID!) { board(id: $id) { posts { edges { node { id } } } } }',
              { id: on },
              viewer,
            )
          ).data,
        ),
      ).not.toContain(hidden);
      expect(await comment(viewer, hidden)).toBe('NOT_FOUND');
      expect((await domain.query(like('like'), { id: hidden }, viewer)).data).toMatchObject({
        likePost: { code: 'NOT_FOUND' },
      });
    }
    const thread = 'query($id: ID!) { post(id: $id) { comments { edges { node { id } } } } }';
    expect(JSON.stringify((await domain.query(thread, { id: ofA }, a)).data)).not.toContain(commentOfB);
    expect(JSON.stringify((await domain.query(thread, { id: ofA })).data)).toContain(commentOfB);
    await block(a.id, b.id, 'user.unblocked', 2);
    expect((await domain.query(POST, { id: ofB }, a)).data).toMatchObject({ post: { id: ofB } });
  });
});

describe('lists', () => {
  it('show every post once over all pages, also while others are written', async () => {
    const [author, on] = [domain.keys.member(), await board()];
    const ids: string[] = [];
    for (let i = 0; i < 9; i += 1) ids.push(await post(author, on, `Post ${i}`));
    type Page = {
      board: { posts: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    };
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Page } = await domain.query<Page>(
        'query($id: ID!, $after: String) { board(id: $id) { posts(first: 4, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }',
        { id: on, after },
      );
      seen.push(...data.board.posts.edges.map((edge) => edge.node.id));
      after = data.board.posts.pageInfo.hasNextPage ? data.board.posts.pageInfo.endCursor : null;
      await post(author, on, 'Meanwhile');
    } while (after);
    expect(seen).toEqual([...ids].reverse());
  });

  it('cost the same SQL for one post and for twenty, with comments and their answers', async () => {
    const [author, viewer] = [domain.keys.member(), domain.keys.member()];
    for (let i = 0; i < 20; i += 1) {
      const id = await post(author);
      await comment(author, id, await comment(author, id));
    }
    const nested =
      'query($first: Int) { feed(first: $first) { edges { node { title board { name } author { id } comments(first: 3) { edges { node { body replies(first: 2) { edges { node { body } } } } } } } } } }';
    const cost = (query: string, first: number, as: TestMember | null) =>
      costOf(domain, () => domain.query(query, { first }, as));
    await cost(FEED, 1, null);
    expect([await cost(FEED, 1, null), await cost(FEED, 20, null), await cost(FEED, 20, viewer)]).toEqual([2, 2, 2]);
    expect(await cost(nested, 20, null)).toBe(await cost(nested, 1, null));
    expect(await cost(nested, 20, viewer)).toBe(await cost(nested, 1, viewer));
    expect(await cost(nested, 20, viewer)).toBe(4);
  });
});

describe('mentions', () => {
  it('are told with the post or comment that holds them, by the ids of whom they name', async () => {
    const [author, mina] = [domain.keys.member(), domain.keys.member()];
    const handle = `m${mina.id.slice(-12)}`;
    await tellUser(domain, 'user.created', mina.id, { userId: mina.id, handle, language: 'ko' });
    const postId = await post(author, boardId, `For @${handle.toUpperCase()} and @nobody_${handle.slice(0, 8)}`);
    const commentId = await comment(author, postId);
    const told = async (key: string) => {
      await events(key);
      const { rows } = await domain.log.query(
        "SELECT value FROM log.record WHERE topic = 'content' AND key = $1 ORDER BY record_offset LIMIT 1",
        [key],
      );
      return rows[0]?.value.data.mentionedIds;
    };
    expect(await told(postId)).toEqual([mina.id]);
    expect(await told(commentId)).toEqual([]);
  });
});

import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, createComment, createPost, tellUser } from './support.ts';

let domain: TestDomain;
let moderator: TestMember;
beforeAll(async () => {
  domain = await startDomain(content);
  moderator = domain.keys.member({ roles: ['MODERATOR'] });
});
afterAll(() => domain[Symbol.asyncDispose]());

async function act(as: TestMember | null, verb: 'Pin' | 'Unpin' | 'Lock' | 'Unlock', postId: string) {
  const { data } = await domain.query<{ done: { post?: { pinned: boolean; locked: boolean }; code?: string } }>(
    `mutation($id: ID!) { done: ${verb.toLowerCase()}Post(input: { postId: $id }) { ... on ${verb}PostSuccess { post { pinned locked } } ... on Error { code } } }`,
    { id: postId },
    as,
  );
  return data.done.code ?? data.done.post;
}
async function pinned(boardId: string, as: TestMember | null = null): Promise<string[]> {
  const { data } = await domain.query<{ board: { pinnedPosts: { id: string }[] } }>(
    'query($id: ID!) { board(id: $id) { pinnedPosts { id } } }',
    { id: boardId },
    as,
  );
  return data.board.pinnedPosts.map(({ id }) => id);
}

describe('pinned posts', () => {
  it('are put at the top of their board by moderators, at most five, and taken down again', async () => {
    const [author, boardId] = [domain.keys.member(), await createBoard(domain)];
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1) ids.push(await createPost(domain, author, boardId));
    const [first, second, ...others] = ids as [string, string, ...string[]];
    expect(await act(null, 'Pin', first)).toBe('NOT_SIGNED_IN');
    expect(await act(author, 'Pin', first)).toBe('FORBIDDEN');
    for (const id of [first, second, first])
      expect(await act(moderator, 'Pin', id)).toEqual({ pinned: true, locked: false });
    expect(await pinned(boardId)).toEqual([second, first]);
    for (const id of others.slice(0, 3)) await act(moderator, 'Pin', id);
    expect(await act(moderator, 'Pin', String(others[3]))).toBe('TOO_MANY_PINS');
    expect(await act(moderator, 'Unpin', first)).toMatchObject({ pinned: false });
    expect(await pinned(boardId)).toEqual([others[2], others[1], others[0], second]);
  });

  it('are not there when they were taken away, or by somebody whom the viewer blocks or mutes', async () => {
    const [author, blocker, muter] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const boardId = await createBoard(domain);
    const id = await createPost(domain, author, boardId);
    await act(moderator, 'Pin', id);
    await tellUser(domain, 'user.blocked', blocker.id, { blockerId: blocker.id, blockedId: author.id });
    await tellUser(domain, 'user.muted', muter.id, { muterId: muter.id, mutedId: author.id });
    expect([await pinned(boardId), await pinned(boardId, blocker), await pinned(boardId, muter)]).toEqual([
      [id],
      [],
      [],
    ]);
    await domain.query('mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }', { id }, author);
    expect(await pinned(boardId)).toEqual([]);
    expect(await act(moderator, 'Pin', id)).toBe('NOT_FOUND');
  });

  it('cost one statement for all boards, and one for the posts of a page', async () => {
    const author = domain.keys.member();
    const boards = [await createBoard(domain), await createBoard(domain)];
    for (const boardId of boards)
      for (let i = 0; i < 3; i += 1) await act(moderator, 'Pin', await createPost(domain, author, boardId));
    const cost = (ask: string) => costOf(domain, () => domain.query(`{ ${ask} }`));
    await cost('boards { id }');
    expect(await cost('boards { pinnedPosts { id } }')).toBe(2);
    expect([
      await cost('feed(first: 1) { edges { node { pinned } } }'),
      await cost('feed(first: 6) { edges { node { pinned } } }'),
    ]).toEqual([2, 2]);
  });
});

describe('a locked post', () => {
  it('is answered by moderators alone until it is unlocked', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, author, await createBoard(domain));
    const top = await createComment(domain, other, id);
    expect(await act(author, 'Lock', id)).toBe('FORBIDDEN');
    for (let i = 0; i < 2; i += 1) expect(await act(moderator, 'Lock', id)).toEqual({ pinned: false, locked: true });
    for (const as of [author, other]) expect(await createComment(domain, as, id, top)).toBe('LOCKED');
    expect(await createComment(domain, moderator, id)).toHaveLength(36);
    expect(await act(moderator, 'Unlock', id)).toMatchObject({ locked: false });
    expect(await createComment(domain, other, id, top)).toHaveLength(36);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { createBoard, createComment, createPost, toldOf } from './support.ts';

let domain: TestDomain;
let folder: string;
let boardId: string;
let moderator: TestMember;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'banned-words-'));
  const file = join(folder, 'words.txt');
  await writeFile(file, 'refuse slur\nhold damn\nhold 나쁜말\n');
  domain = await startDomain(content, { BANNED_WORDS_FILE: file });
  boardId = await createBoard(domain);
  moderator = domain.keys.member({ roles: ['MODERATOR'] });
});
afterAll(async () => {
  await domain[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Made {
  readonly id: string;
  readonly visibility: string;
  readonly code?: string;
}
async function post(as: TestMember, body: string, title = 'Title'): Promise<Made> {
  const { data } = await domain.query<{ createPost: { post?: Made; code?: string; path?: string[] } }>(
    'mutation($input: CreatePostInput!) { createPost(input: $input) { ... on CreatePostSuccess { post { id visibility body } } ... on Error { code path } } }',
    { input: { boardId, title, body, tags: ['held'] } },
    as,
  );
  return data.createPost.post ?? (data.createPost as unknown as Made);
}
async function comment(as: TestMember, postId: string, body: string, parentId?: string): Promise<Made> {
  const { data } = await domain.query<{ createComment: { comment?: Made; code?: string } }>(
    'mutation($input: CreateCommentInput!) { createComment(input: $input) { ... on CreateCommentSuccess { comment { id visibility body } } ... on Error { code } } }',
    { input: { postId, parentId, body } },
    as,
  );
  return data.createComment.comment ?? (data.createComment as unknown as Made);
}
async function read(as: TestMember | null, kind: 'Post' | 'Comment', id: string) {
  const { data } = await domain.query<{ _entities: [object | null] }>(
    `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${kind} { body visibility } } }`,
    { r: [{ __typename: kind, id }] },
    as,
  );
  return data._entities[0];
}
async function caseOf(author: TestMember): Promise<{ id: string; heldFor: string; bodyHtml: string }> {
  type Queue = { edges: { node: { id: string; heldFor: string; bodyHtml: string; author: { id: string } } }[] };
  const { data } = await domain.query<{ moderationQueue: Queue }>(
    '{ moderationQueue(first: 100) { edges { node { id heldFor bodyHtml author { id } } } } }',
    {},
    moderator,
  );
  const found = data.moderationQueue.edges.find(({ node }) => node.author.id === author.id);
  if (!found) throw new Error('there is no open case');
  return found.node;
}
const decide = (verb: 'resolve' | 'dismiss', caseId: string) =>
  domain.query(`mutation($id: ID!) { ${verb}Case(input: { caseId: $id }) { __typename } }`, { id: caseId }, moderator);
const feed = async () => JSON.stringify((await domain.query('{ feed(first: 100) { edges { node { id } } } }')).data);

const told = (key: string) => toldOf(domain, key);

describe('what may not be written', () => {
  it('is refused in posts, comments, drafts that are published, and edits, and says where', async () => {
    const author = domain.keys.member();
    expect(await post(author, 'A ＳＬＵＲ')).toEqual({ code: 'BANNED_WORDS', path: ['input', 'body'] });
    expect(await post(author, 'Fine', 's l u r')).toEqual({ code: 'BANNED_WORDS', path: ['input', 'title'] });
    const { id } = await post(author, 'Fine');
    expect(await comment(author, id, 'slur!')).toEqual({ code: 'BANNED_WORDS' });
    const edit = async (body: string) =>
      (
        await domain.query(
          'mutation($input: EditPostInput!) { editPost(input: $input) { ... on Error { code path } } }',
          { input: { postId: id, body, expectedVersion: 1 } },
          author,
        )
      ).data;
    for (const body of ['slur', 'damn'])
      expect(await edit(body)).toEqual({ editPost: { code: 'BANNED_WORDS', path: ['input', 'body'] } });
    const { data } = await domain.query<{ saveDraft: { draft: { id: string } } }>(
      'mutation($input: SaveDraftInput!) { saveDraft(input: $input) { ... on SaveDraftSuccess { draft { id } } } }',
      { input: { boardId, title: 'T', body: 'slur' } },
      author,
    );
    const published = await domain.query(
      'mutation($id: ID!) { publishDraft(input: { draftId: $id, expectedVersion: 1 }) { ... on Error { code } } }',
      { id: data.saveDraft.draft.id },
      author,
    );
    expect(published.data).toEqual({ publishDraft: { code: 'BANNED_WORDS' } });
  });

  it('is a text of more than twenty links; one of more than five is looked at first', async () => {
    const author = domain.keys.member();
    const links = (count: number) => Array.from({ length: count }, (_, i) => `https://example.org/${i}`).join(' ');
    expect(await post(author, links(21))).toMatchObject({ code: 'TOO_MANY_LINKS' });
    expect(await post(author, links(5))).toMatchObject({ visibility: 'PUBLIC' });
    expect(await post(author, links(6))).toMatchObject({ visibility: 'HELD' });
    expect(await caseOf(author)).toMatchObject({ heldFor: 'MANY_LINKS' });
  });
});

describe('what is held', () => {
  it('is seen by its author alone, told to nobody, and shown and told once a moderator lets it', async () => {
    const [author, other] = [domain.keys.member(), domain.keys.member()];
    const { id, visibility } = await post(author, 'A damn thing');
    expect(visibility).toBe('HELD');
    expect(await read(author, 'Post', id)).toEqual({ body: 'A damn thing', visibility: 'HELD' });
    for (const as of [other, null, moderator]) expect(await read(as, 'Post', id)).toBeNull();
    expect(await feed()).not.toContain(id);
    expect(
      JSON.stringify(
        (await domain.query('{ tag(name: "held") { posts(first: 100) { edges { node { id } } } } }')).data,
      ),
    ).not.toContain(id);
    expect(await createComment(domain, other, id)).toBe('NOT_FOUND');
    expect(await told(id)).toEqual([]);
    const { id: caseId, bodyHtml, heldFor } = await caseOf(author);
    expect([bodyHtml, heldFor]).toEqual(['<p>A damn thing</p>', 'BANNED_WORDS']);
    await Promise.all([decide('dismiss', caseId), decide('dismiss', caseId)]);
    expect(await read(null, 'Post', id)).toEqual({ body: 'A damn thing', visibility: 'PUBLIC' });
    expect(await feed()).toContain(id);
    expect(await told(id)).toEqual(['2 post.published']);
  });

  it('counts nowhere until it is shown: a comment', async () => {
    const [author, owner] = [domain.keys.member(), domain.keys.member()];
    const postId = await createPost(domain, owner, boardId);
    const { id } = await comment(author, postId, '나쁜 ㅁㅏㄹ 나쁜말');
    const thread = async () =>
      (
        await domain.query(
          'query($id: ID!) { post(id: $id) { commentCount comments { edges { node { id } } } } }',
          { id: postId },
          author,
        )
      ).data;
    expect(await thread()).toEqual({ post: { commentCount: 0, comments: { edges: [] } } });
    expect(await told(id)).toEqual([]);
    await decide('dismiss', (await caseOf(author)).id);
    expect(await thread()).toEqual({ post: { commentCount: 1, comments: { edges: [{ node: { id } }] } } });
    expect(await told(id)).toEqual(['2 comment.created']);
  });

  it('brings back the tombstone that it answers: a comment', async () => {
    const [author, owner] = [domain.keys.member(), domain.keys.member()];
    const postId = await createPost(domain, owner, boardId);
    const top = await createComment(domain, owner, postId);
    const { id } = await comment(owner, postId, 'Answer this', top);
    await comment(author, postId, 'damn', id);
    await domain.query('mutation($id: ID!) { deleteComment(input: { commentId: $id }) { __typename } }', { id }, owner);
    const answers = async () => {
      const { data } = await domain.query<{ _entities: [{ replyCount: number; replies: { edges: object[] } }] }>(
        'query($r: [_Any!]!) { _entities(representations: $r) { ... on Comment { replyCount replies { edges { node { id } } } } } }',
        { r: [{ __typename: 'Comment', id: top }] },
      );
      return data._entities[0];
    };
    expect(await answers()).toEqual({ replyCount: 0, replies: { edges: [] } });
    await decide('dismiss', (await caseOf(author)).id);
    expect(await answers()).toEqual({ replyCount: 1, replies: { edges: [{ node: { id } }] } });
  });

  it('stays unseen when a moderator refuses it, and is gone when its author takes it back', async () => {
    const author = domain.keys.member();
    const { id } = await post(author, 'damn');
    await decide('resolve', (await caseOf(author)).id);
    expect([await read(author, 'Post', id), await read(null, 'Post', id)]).toMatchObject([
      { visibility: 'HELD' },
      null,
    ]);
    const remove = (as: TestMember) =>
      domain.query<{ deletePost: { code?: string } }>(
        'mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename ... on Error { code } } }',
        { id },
        as,
      );
    expect((await remove(domain.keys.member())).data).toMatchObject({ deletePost: { code: 'NOT_FOUND' } });
    expect((await remove(author)).data).toMatchObject({ deletePost: { __typename: 'DeletePostSuccess' } });
    expect(await read(author, 'Post', id)).toBeNull();
    expect(await told(id)).toEqual([]);
  });

  it('is nothing that a moderator writes', async () => {
    expect(await post(moderator, 'About the word damn')).toMatchObject({ visibility: 'PUBLIC' });
  });
});

describe('the rate of writing', () => {
  it('is thirty posts in ten minutes for a member, a retry not counted, and has no limit for moderators', async () => {
    const author = domain.keys.member();
    const input = { boardId, title: 'T', body: 'B', clientMutationId: 'again' };
    const send = async (as: TestMember, key?: string) => {
      const { data } = await domain.query<{ createPost: { code?: string } }>(
        'mutation($input: CreatePostInput!) { createPost(input: $input) { ... on Error { code } } }',
        { input: { ...input, clientMutationId: key } },
        as,
      );
      return data.createPost.code;
    };
    for (let i = 0; i < 3; i += 1) expect(await send(author, 'again')).toBeUndefined();
    for (let i = 0; i < 29; i += 1) expect(await send(author)).toBeUndefined();
    expect(await send(author)).toBe('WRITING_TOO_FAST');
    expect(await send(author, 'again')).toBeUndefined();
    for (let i = 0; i < 31; i += 1) expect(await send(moderator)).toBeUndefined();
  });
});

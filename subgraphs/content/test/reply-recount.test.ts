import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { createBoard, createComment, createPost } from './support.ts';

let domain: TestDomain;
let boardId: string;
let member: TestMember;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
  member = domain.keys.member();
  // A new database begins with a walk, as an old one does.
  await begin();
  await done();
});
afterAll(() => domain[Symbol.asyncDispose]());

const comment = (postId: string, parentId?: string) => createComment(domain, member, postId, parentId);
const remove = (id: string) =>
  domain.query('mutation($id: ID!) { deleteComment(input: { commentId: $id }) { __typename } }', { id }, member);

/** Leaves counts as they were made before they fell: of all that was ever answered. */
const countAsBefore = () =>
  domain.database.query(`UPDATE comment SET reply_count = (SELECT count(*) FROM comment AS answer
    WHERE answer.parent_id = comment.id AND answer.visibility <> 'HELD')`);

/** Begins the walk over all posts. */
async function begin(): Promise<void> {
  await domain.database.query("INSERT INTO recount (name) VALUES ('reply_count') ON CONFLICT DO NOTHING");
  await domain.database.query("SELECT graphile_worker.add_job('reply_recount')");
}
const done = () =>
  until(async () => (await domain.database.query('SELECT FROM recount')).rowCount === 0, 'the counts being right');

/** The count of a comment's answers, and how many are listed. */
async function answersOf(id: string): Promise<[counted: number, listed: number]> {
  const { data } = await domain.query<{ _entities: [{ replyCount: number; replies: { edges: object[] } }] }>(
    'query($r: [_Any!]!) { _entities(representations: $r) { ... on Comment { replyCount replies(first: 100) { edges { cursor } } } } }',
    { r: [{ __typename: 'Comment', id }] },
  );
  const [{ replyCount, replies }] = data._entities;
  return [replyCount, replies.edges.length];
}

/** A comment of which three were taken away: an answer, one with an answer, and one whose last answer went, too. */
async function thinnedThread(): Promise<string> {
  const postId = await createPost(domain, member, boardId);
  const top = await comment(postId);
  const [plain, answered, emptied] = [
    await comment(postId, top),
    await comment(postId, top),
    await comment(postId, top),
  ];
  await comment(postId, top);
  await comment(postId, answered);
  for (const id of [plain, answered, await comment(postId, emptied), emptied]) await remove(id);
  return top;
}

it('puts right what was counted before counts fell, in all posts', async () => {
  const first = await thinnedThread();
  // More than are looked at by one statement.
  await domain.database.query(
    `INSERT INTO post (id, board_id, author_id, title, body, body_html)
     SELECT gen_random_uuid(), $1, $2, 'Title', 'Body', 'Body' FROM generate_series(1, 1100)`,
    [boardId, newId()],
  );
  const last = await thinnedThread();
  await countAsBefore();
  expect(await answersOf(first)).toEqual([4, 3]);
  await begin();
  await done();
  expect(await answersOf(first)).toEqual([2, 2]);
  expect(await answersOf(last)).toEqual([2, 2]);
});

it('counts what is answered and taken away meanwhile, once', async () => {
  const top = await thinnedThread();
  const { rows } = await domain.database.query('SELECT post_id AS "postId" FROM comment WHERE id = $1', [top]);
  const { postId } = rows[0];
  const kept = await Promise.all(Array.from({ length: 8 }, () => comment(postId, top)));
  await countAsBefore();
  await begin();
  await Promise.all([...Array.from({ length: 8 }, () => comment(postId, top)), ...kept.slice(0, 4).map(remove)]);
  await done();
  expect(await answersOf(top)).toEqual([14, 14]);
});

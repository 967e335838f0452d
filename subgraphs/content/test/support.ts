import { newId } from '@community/kit/ids';
import type { TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';

export const CREATE_BOARD =
  'mutation($input: CreateBoardInput!) { createBoard(input: $input) { __typename ... on CreateBoardSuccess { board { id } } ... on Error { code path } } }';
export const CREATE_POST =
  'mutation($input: CreatePostInput!) { createPost(input: $input) { __typename ... on CreatePostSuccess { post { id title bodyHtml version author { id } } } ... on Error { code path } } }';
export const COMMENT =
  'mutation($input: CreateCommentInput!) { createComment(input: $input) { __typename ... on CreateCommentSuccess { comment { id depth post { commentCount } } } ... on Error { code path } } }';
export const POST =
  'query($id: ID!) { post(id: $id) { id title body bodyHtml visibility author { id } commentCount likeCount } }';

/** @returns the id of a new board */
export async function createBoard(domain: TestDomain): Promise<string> {
  const moderator = domain.keys.member({ roles: ['MODERATOR'] });
  const { data } = await domain.query<{ createBoard: { board: { id: string } } }>(
    CREATE_BOARD,
    { input: { slug: `b-${newId()}`, name: 'Board' } },
    moderator,
  );
  return data.createBoard.board.id;
}

/** @returns the id of a new post */
export async function createPost(
  domain: TestDomain,
  author: TestMember,
  boardId: string,
  title = 'Title',
): Promise<string> {
  const { data } = await domain.query<{ createPost: { post: { id: string } } }>(
    CREATE_POST,
    { input: { boardId, title, body: 'Body' } },
    author,
  );
  return data.createPost.post.id;
}

/** @returns the id of a new comment, or the code of the error that it was refused with */
export async function createComment(
  domain: TestDomain,
  author: TestMember,
  postId: string,
  parentId?: string,
): Promise<string> {
  const { data } = await domain.query<{ createComment: { comment?: { id: string }; code?: string } }>(
    COMMENT,
    { input: { postId, parentId, body: 'Comment' } },
    author,
  );
  return data.createComment.comment?.id ?? String(data.createComment.code);
}

/** Tells content what another domain would of a member, and waits until it is known. */
const tellFrom =
  (topic: 'user' | 'auth') =>
  /** @param version of the member or her account, higher than any before unless told */
  async (domain: TestDomain, type: string, memberId: string, data: object, version?: number): Promise<void> => {
    const id = await tell(domain, { topic, type, subject: memberId, aggregateVersion: version, data });
    await until(
      async () => (await domain.database.query('SELECT 1 FROM events.inbox WHERE event_id = $1', [id])).rowCount === 1,
      'the event being known',
    );
  };
export const tellUser = tellFrom('user');
export const tellAuth = tellFrom('auth');

/** What content has told of a thing, as `<version> <type>`, once everything of it is told. */
export async function toldOf(domain: TestDomain, key: string): Promise<string[]> {
  return until(async () => {
    if ((await domain.database.query('SELECT 1 FROM events.outbox WHERE key = $1', [key])).rowCount) return null;
    const { rows } = await domain.log.query(
      "SELECT value FROM log.record WHERE topic = 'content' AND key = $1 ORDER BY record_offset",
      [key],
    );
    return rows.map(({ value }) => `${value.aggregateversion} ${value.type}`);
  }, 'the outbox being empty');
}

/** How many SQL statements a request costs. */
export async function costOf(domain: TestDomain, ask: () => Promise<unknown>): Promise<number> {
  const before = await domain.statements();
  await ask();
  return (await domain.statements()) - before;
}

import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';

let domain: TestDomain;
let boardId: string;
beforeAll(async () => {
  domain = await startDomain(content);
  const moderator = domain.keys.member({ roles: ['MODERATOR'] });
  boardId = (
    await write(
      'createBoard(input: $input) { ... on CreateBoardSuccess { made: board { id } } }',
      'CreateBoardInput',
      moderator,
      {
        slug: 'talk',
        name: 'Talk',
      },
    )
  ).made.id;
});
afterAll(() => domain[Symbol.asyncDispose]());

async function write(field: string, type: string, as: TestMember, input: object): Promise<{ made: { id: string } }> {
  const { data } = await domain.query<Record<string, { made: { id: string } }>>(
    `mutation($input: ${type}!) { result: ${field} }`,
    { input },
    as,
  );
  if (!data.result?.made) throw new Error(JSON.stringify(data));
  return data.result;
}

const post = async (as: TestMember) =>
  (
    await write('createPost(input: $input) { ... on CreatePostSuccess { made: post { id } } }', 'CreatePostInput', as, {
      boardId,
      title: 'Her title',
      body: 'Her words',
      tags: ['hers'],
      poll: { options: ['Her one', 'Her other'] },
    })
  ).made.id;
const comment = async (as: TestMember, postId: string, parentId?: string) =>
  (
    await write(
      'createComment(input: $input) { ... on CreateCommentSuccess { made: comment { id } } }',
      'CreateCommentInput',
      as,
      { postId, parentId, body: 'Her remark' },
    )
  ).made.id;
const like = (as: TestMember, postId: string) =>
  write('likePost(input: $input) { ... on LikePostSuccess { made: post { id } } }', 'LikePostInput', as, { postId });

const bookmark = (as: TestMember, postId: string) =>
  write(
    'bookmarkPost(input: $input) { ... on BookmarkPostSuccess { made: state { id: postId } } }',
    'BookmarkPostInput',
    as,
    { postId },
  );

const draft = (as: TestMember) =>
  write('saveDraft(input: $input) { ... on SaveDraftSuccess { made: draft { id } } }', 'SaveDraftInput', as, {
    title: 'Her draft',
    body: 'Unfinished',
  });
const edit = (as: TestMember, commentId: string) =>
  write('editComment(input: $input) { ... on EditCommentSuccess { made: comment { id } } }', 'EditCommentInput', as, {
    commentId,
    body: 'Her remark',
    expectedVersion: 1,
  });

async function vote(as: TestMember, postId: string): Promise<void> {
  const { rows } = await domain.database.query('SELECT id FROM poll_option WHERE post_id = $1 ORDER BY place', [
    postId,
  ]);
  await write('vote(input: $input) { ... on VoteSuccess { made: post { id } } }', 'VoteInput', as, {
    postId,
    optionIds: [rows[0].id],
  });
}
const report = (as: TestMember, id: string) =>
  write('reportPost(input: $input) { ... on ReportPostSuccess { made: __typename } }', 'ReportPostInput', as, {
    id,
    reason: 'OTHER',
    note: 'Look at this',
  });

const ask = (kind: 'export' | 'erasure', requestId: string, memberId: string, domains = ['content']) =>
  tell(domain, {
    topic: 'auth',
    type: `member_data.${kind}_requested`,
    subject: requestId,
    data: { requestId, memberId, domains },
  });

async function receipts(requestId: string, count = 1): Promise<{ kind: string; items: Record<string, number> }[]> {
  return until(async () => {
    const { rows } = await domain.log.query(
      "SELECT value->'data' AS data FROM log.record WHERE topic = 'content' AND key = $1 ORDER BY record_offset",
      [requestId],
    );
    return rows.length >= count ? rows.map(({ data }) => data) : null;
  }, 'a receipt');
}

const exported = (requestId: string) => domain.internal('member-data', { requestId });

/** Somebody who wrote, answered and liked, among others who did. */
async function scene() {
  const [mina, jun] = [domain.keys.member(), domain.keys.member()];
  const [hers, his] = [await post(mina), await post(jun)];
  const [remark, answer] = [await comment(mina, his), await comment(jun, hers)];
  await like(mina, his);
  await like(jun, his);
  await bookmark(mina, his);
  await bookmark(jun, hers);
  await draft(mina);
  await draft(jun);
  await vote(mina, his);
  await vote(jun, his);
  await vote(jun, hers);
  await report(mina, his);
  await report(jun, hers);
  await edit(mina, remark);
  return { mina, jun, hers, his, remark, answer };
}

describe('the export of a member', () => {
  it('holds her words and likes and nobody else’s, and is answered by a receipt that counts them', async () => {
    const { mina, jun, hers, his, remark } = await scene();
    const requestId = newId();
    await ask('export', requestId, mina.id);
    expect(await receipts(requestId)).toMatchObject([
      { requestId, domain: 'content', kind: 'EXPORT', items: { posts: 1, comments: 1, postLikes: 1 } },
    ]);
    const { status, body } = await exported(requestId);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      sections: {
        posts: [{ id: hers, title: 'Her title', body: 'Her words', tags: [{ name: 'hers' }] }],
        comments: [{ id: remark, postId: his, body: 'Her remark' }],
        postLikes: [{ postId: his }],
        bookmarks: [{ postId: his }],
        reports: [{ thingId: his, note: 'Look at this' }],
        pollVotes: [{ postId: his, option: { text: 'Her one' } }],
        drafts: [{ title: 'Her draft', body: 'Unfinished' }],
        revisions: [
          { thingId: remark, version: 1 },
          { thingId: remark, version: 2 },
        ],
      },
    });
    expect(JSON.stringify(body)).not.toContain(jun.id);
  });

  it('has all of many things, once, and is the same when it is asked for again', async () => {
    const mina = domain.keys.member();
    await domain.database.query(
      `INSERT INTO post (id, board_id, author_id, title, body, body_html)
       SELECT gen_random_uuid(), $1, $2, n::text, '', '' FROM generate_series(1, 450) AS n`,
      [boardId, mina.id],
    );
    const requestId = newId();
    await ask('export', requestId, mina.id);
    await receipts(requestId);
    await ask('export', requestId, mina.id);
    const [first, second] = await receipts(requestId, 2);
    expect(second).toEqual(first);
    const { sections } = (await exported(requestId)).body as { sections: { posts: { title: string }[] } };
    expect(new Set(sections.posts.map(({ title }) => title)).size).toBe(450);
    expect(sections.posts).toHaveLength(450);
  });

  it('is given to services only, and is gone when it expires; other domains are not answered for', async () => {
    const { mina } = await scene();
    const [requestId, other] = [newId(), newId()];
    await ask('export', other, mina.id, ['user']);
    await ask('export', requestId, mina.id);
    await receipts(requestId);
    const open = await fetch(`${domain.url}/internal/member-data`, { method: 'POST', body: '{}' });
    expect(open.status).toBe(403);
    expect((await exported(other)).status).toBe(404);
    expect((await exported('nothing')).status).toBe(400);
    await domain.database.query("UPDATE kit.member_export SET created_at = now() - interval '8 days'");
    await domain.database.query("SELECT graphile_worker.add_job('member_data.sweep')");
    await until(async () => (await exported(requestId)).status === 404);
  });
});

describe('the erasure of a member', () => {
  it('leaves tombstones without author and words, takes likes back, and keeps what others wrote', async () => {
    const { mina, hers, his, answer } = await scene();
    const before = newId();
    await ask('export', before, mina.id);
    await receipts(before);
    const requestId = newId();
    await ask('erasure', requestId, mina.id);
    expect(await receipts(requestId)).toMatchObject([
      { kind: 'ERASURE', items: { posts: 1, comments: 1, postLikes: 1, commentLikes: 0 } },
    ]);
    const POST = `query($id: ID!) { post(id: $id) { visibility title body author { id } likeCount commentCount comments { edges { node { id } } } } }`;
    expect((await domain.query(POST, { id: hers })).data).toMatchObject({
      post: { visibility: 'DELETED', author: null, comments: { edges: [{ node: { id: answer } }] } },
    });
    expect((await domain.query(POST, { id: his })).data).toMatchObject({ post: { likeCount: 1, commentCount: 0 } });
    const { rows } = await domain.database.query(
      `SELECT (SELECT count(*)::int FROM post WHERE author_id = $1 OR title = 'Her title' AND id = $2) AS posts,
         (SELECT count(*)::int FROM comment WHERE author_id = $1) AS comments,
         (SELECT count(*)::int FROM post_like WHERE member_id = $1) AS likes,
         (SELECT count(*)::int FROM draft WHERE author_id = $1) AS drafts,
         (SELECT count(*)::int FROM revision WHERE author_id = $1) AS revisions,
         (SELECT count(*)::int FROM report WHERE reporter_id = $1 OR thing_id = $2) AS reports,
         (SELECT count(*)::int FROM moderation_case WHERE author_id = $1) AS cases,
         (SELECT count(*)::int FROM poll_vote WHERE member_id = $1) AS votes,
         (SELECT count(*)::int FROM poll WHERE post_id = $2) AS polls,
         (SELECT voter_count FROM poll WHERE post_id = $3) AS voters,
         (SELECT max(vote_count) FROM poll_option WHERE post_id = $3) AS chosen,
         (SELECT count(*)::int FROM bookmark WHERE member_id = $1) AS bookmarks,
         (SELECT count(*)::int FROM post_tag WHERE post_id = $2) AS tags`,
      [mina.id, hers, his],
    );
    expect(rows).toEqual([
      {
        posts: 0,
        comments: 0,
        likes: 0,
        drafts: 0,
        revisions: 0,
        reports: 0,
        cases: 0,
        votes: 0,
        polls: 0,
        voters: 1,
        chosen: 1,
        bookmarks: 0,
        tags: 0,
      },
    ]);
    expect((await exported(before)).status).toBe(404);
    await until(async () => {
      const told = await domain.log.query("SELECT FROM log.record WHERE key = $1 AND value->>'type' = 'post.deleted'", [
        hers,
      ]);
      return told.rowCount === 1;
    });
  });

  it('takes her answers off the counts of what they answered, but where somebody has answered them', async () => {
    const [mina, jun] = [domain.keys.member(), domain.keys.member()];
    const postId = await post(jun);
    const [first, second] = [await comment(jun, postId), await comment(jun, postId)];
    await comment(mina, postId, await comment(mina, postId, first));
    await comment(mina, postId, first);
    await comment(jun, postId, await comment(mina, postId, second));
    const requestId = newId();
    await ask('erasure', requestId, mina.id);
    await receipts(requestId);
    const { data } = await domain.query(
      'query($id: ID!) { post(id: $id) { commentCount comments { edges { node { replyCount replies { edges { node { visibility replyCount } } } } } } } }',
      { id: postId },
    );
    expect(data).toEqual({
      post: {
        commentCount: 3,
        comments: {
          edges: [
            { node: { replyCount: 0, replies: { edges: [] } } },
            { node: { replyCount: 1, replies: { edges: [{ node: { visibility: 'DELETED', replyCount: 1 } }] } } },
          ],
        },
      },
    });
  });

  it('that is asked for again is answered by the same receipt, and changes nothing', async () => {
    const { mina, his } = await scene();
    const requestId = newId();
    for (const times of [1, 2]) {
      await ask('erasure', requestId, mina.id);
      await receipts(requestId, times);
    }
    const [first, second] = await receipts(requestId, 2);
    expect(second).toEqual(first);
    const { rows } = await domain.database.query('SELECT like_count, comment_count FROM post WHERE id = $1', [his]);
    expect(rows).toEqual([{ like_count: 1, comment_count: 0 }]);
  });
});

import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, createComment, createPost, tellUser, toldOf } from './support.ts';

let domain: TestDomain;
let boardId: string;
let moderator: TestMember;
beforeAll(async () => {
  domain = await startDomain(content);
  boardId = await createBoard(domain);
  moderator = domain.keys.member({ roles: ['MODERATOR'] });
});
afterAll(() => domain[Symbol.asyncDispose]());

async function report(as: TestMember | null, kind: 'Post' | 'Comment', id: string, note?: string) {
  const { data } = await domain.query<{ reported: { id?: string; code?: string } }>(
    `mutation($input: Report${kind}Input!) { reported: report${kind}(input: $input) { ... on Report${kind}Success { id } ... on Error { code } } }`,
    { input: { id, reason: 'SPAM', note } },
    as,
  );
  return data.reported.code ?? data.reported.id;
}
interface Case {
  readonly id: string;
  readonly status: string;
  readonly title: string | null;
  readonly reportCount: number;
}
const CASE =
  'id kind origin status title bodyHtml reportCount author { id } decidedBy { id } reports { reporter { id } reason note }';
interface Queue {
  readonly edges: { node: Case }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}
async function queue(as: TestMember | null, args: object = {}): Promise<Queue | null> {
  const { data } = await domain.query<{ moderationQueue: Queue | null }>(
    `query($status: CaseStatus! = OPEN, $first: Int = 100, $after: String) { moderationQueue(status: $status, first: $first, after: $after) { edges { node { ${CASE} } } pageInfo { hasNextPage endCursor } } }`,
    args,
    as,
  );
  return data.moderationQueue;
}
/** The cases about somebody's things. */
async function casesOf(author: TestMember, status = 'OPEN'): Promise<Case[]> {
  const found = (await queue(moderator, { status }))?.edges.map((edge) => edge.node) ?? [];
  return found.filter((one) => (one as unknown as { author: { id: string } }).author.id === author.id);
}
async function decide(as: TestMember | null, verb: 'Resolve' | 'Dismiss', caseId: string) {
  const { data } = await domain.query<{ decided: { case?: Case; code?: string } }>(
    `mutation($input: ${verb}CaseInput!) { decided: ${verb.toLowerCase()}Case(input: $input) { ... on ${verb}CaseSuccess { case { ${CASE} } } ... on Error { code } } }`,
    { input: { caseId } },
    as,
  );
  return data.decided.code ?? data.decided.case;
}
const visibility = async (id: string) =>
  (await domain.query<{ post: { visibility: string } }>('query($id: ID!) { post(id: $id) { visibility } }', { id }))
    .data.post.visibility;

const told = (key: string) => toldOf(domain, key);

describe('a report', () => {
  it('is one for each member and thing, and all of a thing make one case, which moderators alone see', async () => {
    const [author, one, other] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, author, boardId, 'Buy this');
    expect(await Promise.all([one, one, other].map((as) => report(as, 'Post', id, ' 광고입니다 ')))).toEqual([
      id,
      id,
      id,
    ]);
    expect(await casesOf(author)).toMatchObject([
      {
        kind: 'POST',
        origin: 'REPORTED',
        status: 'OPEN',
        title: 'Buy this',
        bodyHtml: '<p>Body</p>',
        reportCount: 2,
        reports: expect.arrayContaining([
          { reporter: { id: one.id }, reason: 'SPAM', note: '광고입니다' },
          { reporter: { id: other.id }, reason: 'SPAM', note: '광고입니다' },
        ]),
      },
    ]);
    for (const as of [author, one, null]) expect(await queue(as)).toBeNull();
    expect(await told(String((await casesOf(author))[0]?.id))).toEqual(['1 content.reported', '2 content.reported']);
  });

  it('is refused without a member, of what is not there or not for her, of her own, and with too long a note', async () => {
    const [author, blocked] = [domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, author, boardId);
    expect(await report(null, 'Post', id)).toBe('NOT_SIGNED_IN');
    expect(await report(blocked, 'Post', newId())).toBe('NOT_FOUND');
    expect(await report(blocked, 'Comment', id)).toBe('NOT_FOUND');
    expect(await report(author, 'Post', id)).toBe('OWN');
    expect(await report(blocked, 'Post', id, 'x'.repeat(501))).toBe('INVALID');
    await tellUser(domain, 'user.blocked', author.id, { blockerId: author.id, blockedId: blocked.id });
    expect(await report(blocked, 'Post', id)).toBe('NOT_FOUND');
    expect(await casesOf(author)).toEqual([]);
  });
});

describe('a case', () => {
  it('is resolved once: the post is taken away, and the event tells it', async () => {
    const [author, reporter] = [domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, author, boardId);
    await report(reporter, 'Post', id);
    const [open] = await casesOf(author);
    const caseId = String(open?.id);
    expect(await decide(null, 'Resolve', caseId)).toBe('NOT_SIGNED_IN');
    expect(await decide(reporter, 'Resolve', caseId)).toBe('FORBIDDEN');
    expect(await decide(moderator, 'Resolve', newId())).toBe('NOT_FOUND');
    expect(await decide(moderator, 'Resolve', caseId)).toMatchObject({
      status: 'RESOLVED',
      decidedBy: { id: moderator.id },
      title: 'Title',
    });
    expect(await visibility(id)).toBe('HIDDEN');
    expect(await decide(moderator, 'Dismiss', caseId)).toMatchObject({ status: 'RESOLVED' });
    expect([await casesOf(author), await casesOf(author, 'RESOLVED')]).toMatchObject([[], [{ id: caseId }]]);
    expect(await told(caseId)).toEqual(['1 content.reported', '2 content.case_decided']);
    expect(await told(id)).toEqual(['1 post.published', '2 post.deleted']);
  });

  it('is dismissed: the comment stands, and another member’s report opens the next', async () => {
    const [author, reporter, later] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const postId = await createPost(domain, author, boardId);
    const id = await createComment(domain, author, postId);
    await report(reporter, 'Comment', id);
    const [open] = await casesOf(author);
    expect(await decide(moderator, 'Dismiss', String(open?.id))).toMatchObject({ status: 'DISMISSED' });
    await report(reporter, 'Comment', id);
    expect(await casesOf(author)).toEqual([]);
    await report(later, 'Comment', id);
    const [next] = await casesOf(author);
    expect(next?.reportCount).toBe(1);
    expect(await decide(moderator, 'Resolve', String(next?.id))).toMatchObject({ status: 'RESOLVED' });
    const post = await domain.query(
      'query($id: ID!) { post(id: $id) { commentCount comments { edges { node { id } } } } }',
      {
        id: postId,
      },
    );
    expect(post.data).toEqual({ post: { commentCount: 0, comments: { edges: [] } } });
  });

  it('ends when its author takes the thing away, whose words are then gone for moderators too', async () => {
    const [author, reporter] = [domain.keys.member(), domain.keys.member()];
    const id = await createPost(domain, author, boardId);
    await report(reporter, 'Post', id);
    await domain.query('mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }', { id }, author);
    expect(await casesOf(author)).toEqual([]);
    expect(await casesOf(author, 'RESOLVED')).toMatchObject([{ title: null, bodyHtml: null }]);
    expect(await visibility(id)).toBe('DELETED');
  });

  it('is read by a moderator also when its author blocks her', async () => {
    const [author, reporter, judge] = [
      domain.keys.member(),
      domain.keys.member(),
      domain.keys.member({ roles: ['MODERATOR'] }),
    ];
    await report(reporter, 'Post', await createPost(domain, author, boardId));
    await tellUser(domain, 'user.blocked', author.id, { blockerId: author.id, blockedId: judge.id });
    const { data } = await domain.query<{
      moderationQueue: { edges: { node: { title: string; post: null; author: { id: string } } }[] };
    }>('{ moderationQueue(first: 100) { edges { node { title post { id } author { id } } } } }', {}, judge);
    const mine = data.moderationQueue.edges.find(({ node }) => node.author.id === author.id);
    expect(mine?.node).toMatchObject({ title: 'Title', post: null });
  });
});

it('the queue comes page by page, the oldest first, at the same SQL for one and for many', async () => {
  const [author, reporter] = [domain.keys.member(), domain.keys.member()];
  for (let i = 0; i < 5; i += 1) await report(reporter, 'Post', await createPost(domain, author, boardId));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Queue | null = await queue(moderator, { first: 2, after });
    seen.push(...(page?.edges.map(({ node }) => node.id) ?? []));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  const whole = (await queue(moderator))?.edges.map(({ node }) => node.id);
  expect(seen).toEqual(whole);
  const cost = (first: number) => costOf(domain, () => queue(moderator, { first }));
  expect([await cost(1), await cost(5)]).toEqual([3, 3]);
});

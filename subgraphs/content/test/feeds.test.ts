import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
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

interface Page {
  readonly edges: { node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}
const PAGE = '{ edges { node { id } } pageInfo { hasNextPage endCursor } }';
const idsOf = ({ edges }: Page) => edges.map((edge) => edge.node.id);

async function hot(as: TestMember | null, first = 100, after: string | null = null): Promise<Page> {
  const { data } = await domain.query<{ hotFeed: Page }>(
    `query($first: Int, $after: String) { hotFeed(first: $first, after: $after) ${PAGE} }`,
    { first, after },
    as,
  );
  return data.hotFeed;
}
async function following(as: TestMember, first = 20, after: string | null = null): Promise<Page> {
  const { data } = await domain.query<{ viewer: { followingFeed: Page } }>(
    `query($first: Int, $after: String) { viewer { followingFeed(first: $first, after: $after) ${PAGE} } }`,
    { first, after },
    as,
  );
  return data.viewer.followingFeed;
}
const generation = async () =>
  (await domain.database.query('SELECT max(generation) AS newest FROM hot_rank')).rows[0].newest ?? 0;

/** Has the posts ranked anew, as each minute does. */
async function rank(): Promise<void> {
  const before = await generation();
  await until(async () => {
    await domain.database.query("SELECT graphile_worker.add_job('hot_rank', job_key => 'now')");
    return (await generation()) > before;
  }, 'a new order');
}
const like = (as: TestMember, id: string) =>
  domain.query('mutation($id: ID!) { likePost(input: { postId: $id }) { __typename } }', { id }, as);
const age = (id: string, hours: number) =>
  domain.database.query('UPDATE post SET created_at = created_at - make_interval(hours => $2) WHERE id = $1', [
    id,
    hours,
  ]);

describe('the hot feed', () => {
  it('puts what is answered and liked above what is new, and old things below, as it is ranked', async () => {
    const author = domain.keys.member();
    const fans = Array.from({ length: 12 }, () => domain.keys.member());
    const [liked, discussed, stale, fresh] = [
      await createPost(domain, author, boardId),
      await createPost(domain, author, boardId),
      await createPost(domain, author, boardId),
      await createPost(domain, author, boardId),
    ];
    for (const fan of fans)
      await Promise.all([like(fan, liked), createComment(domain, fan, discussed), like(fan, stale)]);
    await age(stale, 48);
    await rank();
    const ours = async () => idsOf(await hot(null)).filter((id) => [liked, discussed, stale, fresh].includes(id));
    expect(await ours()).toEqual([discussed, liked, fresh, stale]);
    await domain.query(
      'mutation($id: ID!) { deletePost(input: { postId: $id }) { __typename } }',
      { id: liked },
      author,
    );
    expect(await ours()).toEqual([discussed, fresh, stale]);
  });

  it('shows every post once over all pages, also when it is ranked anew meanwhile', async () => {
    const author = domain.keys.member();
    for (let i = 0; i < 7; i += 1) await createPost(domain, author, boardId);
    await rank();
    const whole = idsOf(await hot(null));
    const seen: string[] = [];
    let page = await hot(null, 3);
    for (;;) {
      seen.push(...idsOf(page));
      if (!page.pageInfo.hasNextPage) break;
      await like(domain.keys.member(), String(whole.at(-1)));
      await rank();
      page = await hot(null, 3, page.pageInfo.endCursor);
    }
    expect(seen).toEqual(whole);
    await domain.database.query('DELETE FROM hot_rank WHERE generation < $1', [await generation()]);
    const first = await hot(null, 3);
    await rank();
    await domain.database.query('DELETE FROM hot_rank WHERE generation < $1', [await generation()]);
    expect(idsOf(await hot(null, 100, first.pageInfo.endCursor))).toHaveLength(whole.length - 3);
  });

  it('has nothing of whom the viewer blocks or mutes, and of the private', async () => {
    const [viewer, blocked, muted, shy] = Array.from({ length: 4 }, () => domain.keys.member()) as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    const posts: string[] = [];
    for (const author of [blocked, muted, shy, viewer]) posts.push(await createPost(domain, author, boardId));
    await rank();
    await tellUser(domain, 'user.blocked', viewer.id, { blockerId: viewer.id, blockedId: blocked.id });
    await tellUser(domain, 'user.muted', viewer.id, { muterId: viewer.id, mutedId: muted.id });
    await tellUser(domain, 'user.privacy_changed', shy.id, { userId: shy.id, private: true });
    const seen = async (as: TestMember | null) => idsOf(await hot(as)).filter((id) => posts.includes(id));
    expect((await seen(viewer)).sort()).toEqual([posts[3]]);
    expect((await seen(null)).sort()).toEqual([posts[0], posts[1], posts[3]].sort());
  });

  it('costs one statement, however long the page is', async () => {
    await hot(null, 1);
    expect([await costOf(domain, () => hot(null, 1)), await costOf(domain, () => hot(null, 10))]).toEqual([1, 1]);
  });
});

describe('the feed of those whom a member follows', () => {
  it('has their latest posts page by page, not those of others, and not those of whom she mutes or who block her', async () => {
    const [mina, friend, muted, blocker, stranger] = Array.from({ length: 5 }, () => domain.keys.member()) as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    for (const followee of [friend, muted, blocker])
      await tellUser(domain, 'user.followed', mina.id, { followerId: mina.id, followeeId: followee.id });
    const posts: string[] = [];
    for (const author of [friend, muted, blocker, stranger, mina, friend])
      posts.push(await createPost(domain, author, boardId));
    await tellUser(domain, 'user.muted', mina.id, { muterId: mina.id, mutedId: muted.id });
    await tellUser(domain, 'user.blocked', blocker.id, { blockerId: blocker.id, blockedId: mina.id });
    expect(idsOf(await following(mina))).toEqual([posts[5], posts[0]]);
    const first = await following(mina, 1);
    expect([idsOf(first), first.pageInfo.hasNextPage]).toEqual([[posts[5]], true]);
    expect(idsOf(await following(mina, 1, first.pageInfo.endCursor))).toEqual([posts[0]]);
    expect(idsOf(await following(stranger))).toEqual([]);
    expect([await costOf(domain, () => following(mina, 1)), await costOf(domain, () => following(mina, 20))]).toEqual([
      1, 1,
    ]);
  });
});

import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { content } from '../src/content.ts';
import { costOf, createBoard, createComment, createPost, POST, tellAuth, tellUser } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(content);
});
afterAll(() => domain[Symbol.asyncDispose]());

const block = (by: TestMember, whom: TestMember) =>
  tellUser(domain, 'user.blocked', by.id, { blockerId: by.id, blockedId: whom.id });
const mute = (by: TestMember, whom: TestMember, type = 'user.muted') =>
  tellUser(domain, type, by.id, { muterId: by.id, mutedId: whom.id });
const likePost = (as: TestMember, id: string) =>
  domain.query('mutation($id: ID!) { likePost(input: { postId: $id }) { __typename } }', { id }, as);

interface Page {
  readonly edges: { node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean };
}
const ids = (page: Page) => page.edges.map((edge) => edge.node.id);
const PAGE = '{ edges { node { id } } pageInfo { hasNextPage } }';

async function boardPage(boardId: string, as: TestMember | null, first = 20): Promise<Page> {
  const { data } = await domain.query<{ board: { posts: Page } }>(
    `query($id: ID!, $first: Int) { board(id: $id) { posts(first: $first) ${PAGE} } }`,
    { id: boardId, first },
    as,
  );
  return data.board.posts;
}

async function memberPage(memberId: string, as: TestMember | null): Promise<Page> {
  const { data } = await domain.query<{ _entities: [{ posts: Page }] }>(
    `query($r: [_Any!]!) { _entities(representations: $r) { ... on User { posts ${PAGE} } } }`,
    { r: [{ __typename: 'User', id: memberId }] },
    as,
  );
  return data._entities[0].posts;
}

const feed = async (as: TestMember | null) =>
  ids((await domain.query<{ feed: Page }>(`{ feed(first: 100) ${PAGE} }`, {}, as)).data.feed);

async function thread(postId: string, as: TestMember | null, first = 20) {
  type Thread = { likeCount: number; commentCount: number; comments: Page };
  const { data } = await domain.query<{ post: Thread }>(
    `query($id: ID!, $first: Int) { post(id: $id) { likeCount commentCount comments(first: $first) ${PAGE} } }`,
    { id: postId, first },
    as,
  );
  return data.post;
}

describe('what a block hides', () => {
  it('takes no place in a page of a board or a thread, and is in no count', async () => {
    const [viewer, author, troll, other] = [1, 2, 3, 4].map(() => domain.keys.member()) as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    const on = await createBoard(domain);
    const first = await createPost(domain, author, on);
    await createPost(domain, troll, on);
    await createPost(domain, other, on);
    const comments: string[] = [];
    for (const by of [troll, author, other, author]) comments.push(await createComment(domain, by, first));
    const [, second, , fourth] = comments as [string, string, string, string];
    await createComment(domain, troll, first, second);
    await likePost(troll, first);
    await likePost(author, first);
    await block(viewer, troll);
    await block(other, viewer);

    expect(await boardPage(on, viewer, 1)).toEqual({
      edges: [{ node: { id: first } }],
      pageInfo: { hasNextPage: false },
    });
    expect(await thread(first, viewer, 2)).toEqual({
      likeCount: 1,
      commentCount: 2,
      comments: { edges: [{ node: { id: second } }, { node: { id: fourth } }], pageInfo: { hasNextPage: false } },
    });
    const replies =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Comment { replyCount likeCount } } }';
    const representations = { r: [{ __typename: 'Comment', id: second }] };
    expect((await domain.query(replies, representations, viewer)).data).toEqual({
      _entities: [{ replyCount: 0, likeCount: 0 }],
    });
    expect((await domain.query(replies, representations)).data).toEqual({
      _entities: [{ replyCount: 1, likeCount: 0 }],
    });
    expect(await thread(first, null)).toMatchObject({ likeCount: 2, commentCount: 5 });
    for (const by of [troll, other]) expect(ids(await memberPage(by.id, viewer))).toEqual([]);
  });

  it('is hidden at the reference resolver, to the one who blocks and to the one who is blocked', async () => {
    const [one, other] = [domain.keys.member(), domain.keys.member()];
    const on = await createBoard(domain);
    const [ofOne, ofOther] = [await createPost(domain, one, on), await createPost(domain, other, on)];
    await block(one, other);
    const resolve = async (id: string, as: TestMember) =>
      (
        await domain.query(
          'query($r: [_Any!]!) { _entities(representations: $r) { ... on Post { title } } }',
          { r: [{ __typename: 'Post', id }] },
          as,
        )
      ).data;
    expect(await resolve(ofOther, one)).toEqual({ _entities: [null] });
    expect(await resolve(ofOne, other)).toEqual({ _entities: [null] });
  });
});

describe('what a muted member writes', () => {
  it('is in no feed of who mutes her, and is found where it is looked for', async () => {
    const [mina, loud, friend] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const on = await createBoard(domain);
    const [ofLoud, ofFriend] = [await createPost(domain, loud, on), await createPost(domain, friend, on)];
    const remark = await createComment(domain, loud, ofFriend);
    await mute(mina, loud);

    expect(ids(await boardPage(on, mina))).toEqual([ofFriend]);
    expect(await feed(mina)).not.toContain(ofLoud);
    for (const as of [null, loud, friend]) expect(await feed(as)).toContain(ofLoud);
    expect((await domain.query(POST, { id: ofLoud }, mina)).data).toMatchObject({ post: { id: ofLoud } });
    expect(ids(await memberPage(loud.id, mina))).toEqual([ofLoud]);
    expect(await thread(ofFriend, mina)).toMatchObject({
      commentCount: 1,
      comments: { edges: [{ node: { id: remark } }] },
    });
    expect(await createComment(domain, mina, ofLoud)).not.toBe('NOT_FOUND');

    await mute(mina, loud, 'user.unmuted');
    expect(await feed(mina)).toContain(ofLoud);
  });

  it('is known again from a snapshot, and not forgotten by one that does not tell of mutes', async () => {
    const [mina, loud] = [domain.keys.member(), domain.keys.member()];
    const post = await createPost(domain, loud, await createBoard(domain));
    const snapshot = { userId: mina.id, handle: 'mina', blockedIds: [] };
    await tellUser(domain, 'user.snapshot', mina.id, { ...snapshot, mutedIds: [loud.id] });
    await tellUser(domain, 'user.snapshot', mina.id, snapshot);
    expect(await feed(mina)).not.toContain(post);
    await tellUser(domain, 'user.snapshot', mina.id, { ...snapshot, mutedIds: [] });
    expect(await feed(mina)).toContain(post);
  });
});

describe('what a private member writes', () => {
  const setPrivate = (member: TestMember, isPrivate: boolean) =>
    tellUser(domain, 'user.privacy_changed', member.id, { userId: member.id, private: isPrivate });
  const follow = (by: TestMember, whom: TestMember, type = 'user.followed') =>
    tellUser(domain, type, by.id, { followerId: by.id, followeeId: whom.id });

  it('is there for her and her followers, in every list and by reference, and for nobody else', async () => {
    const [mina, fan, stranger] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const on = await createBoard(domain);
    const post = await createPost(domain, mina, on);
    const publicPost = await createPost(domain, stranger, on);
    const remark = await createComment(domain, mina, publicPost);
    await follow(fan, mina);
    await setPrivate(mina, true);
    const reference = async (type: string, id: string, as: TestMember | null) =>
      (
        await domain.query<{ _entities: unknown[] }>(
          'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
          { r: [{ __typename: type, id }] },
          as,
        )
      ).data._entities[0];
    for (const as of [mina, fan]) {
      expect(await feed(as)).toContain(post);
      expect(ids(await boardPage(on, as))).toEqual([publicPost, post]);
      expect(ids(await memberPage(mina.id, as))).toEqual([post]);
      expect(ids((await thread(publicPost, as)).comments)).toEqual([remark]);
      expect(await reference('Post', post, as)).toEqual({ __typename: 'Post' });
      expect(await reference('Comment', remark, as)).toEqual({ __typename: 'Comment' });
    }
    for (const as of [null, stranger]) {
      expect(await feed(as)).not.toContain(post);
      expect(await boardPage(on, as, 1)).toEqual({
        edges: [{ node: { id: publicPost } }],
        pageInfo: { hasNextPage: false },
      });
      expect(ids(await memberPage(mina.id, as))).toEqual([]);
      expect(ids((await thread(publicPost, as)).comments)).toEqual([]);
      expect(await reference('Post', post, as)).toBeNull();
      expect(await reference('Comment', remark, as)).toBeNull();
      expect((await domain.query(POST, { id: post }, as)).data).toEqual({ post: null });
    }
    expect(await createComment(domain, stranger, post)).toBe('NOT_FOUND');
    expect((await likePost(stranger, post)).data).toEqual({ likePost: { __typename: 'NotFoundError' } });

    await follow(fan, mina, 'user.unfollowed');
    expect(await reference('Post', post, fan)).toBeNull();
    await setPrivate(mina, false);
    expect(await reference('Post', post, null)).toEqual({ __typename: 'Post' });
  });

  it('is known again from snapshots, and an older event does not open it', async () => {
    const [mina, fan] = [domain.keys.member(), domain.keys.member()];
    const post = await createPost(domain, mina, await createBoard(domain));
    const snapshot = { handle: 'x', blockedIds: [], mutedIds: [] };
    await tellUser(
      domain,
      'user.snapshot',
      mina.id,
      { ...snapshot, userId: mina.id, followedIds: [], private: true },
      9,
    );
    await tellUser(
      domain,
      'user.snapshot',
      fan.id,
      { ...snapshot, userId: fan.id, followedIds: [mina.id], private: false },
      9,
    );
    await tellUser(domain, 'user.privacy_changed', mina.id, { userId: mina.id, private: false }, 8);
    await tellUser(domain, 'user.unfollowed', fan.id, { followerId: fan.id, followeeId: mina.id }, 8);
    expect(await feed(fan)).toContain(post);
    expect(await feed(null)).not.toContain(post);
  });

  it('mentions nobody who may not see it', async () => {
    const [mina, fan, stranger] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
    const handles = [fan, stranger].map(({ id }) => `m${id.slice(-12)}`);
    for (const [i, { id }] of [fan, stranger].entries())
      await tellUser(domain, 'user.created', id, { userId: id, handle: handles[i], language: 'ko' });
    await setPrivate(mina, true);
    await follow(fan, mina);
    const post = await createPost(domain, mina, await createBoard(domain), `@${handles[0]} @${handles[1]}`);
    const told = await until(async () => {
      const { rows } = await domain.log.query("SELECT value FROM log.record WHERE topic = 'content' AND key = $1", [
        post,
      ]);
      return rows[0]?.value.data.mentionedIds;
    }, 'the event');
    expect(told).toEqual([fan.id]);
  });
});

it('what a suspended member wrote is there for nobody, by no way, until it is over', async () => {
  const [mina, fan] = [domain.keys.member(), domain.keys.member()];
  const on = await createBoard(domain);
  const [post, other] = [await createPost(domain, mina, on), await createPost(domain, fan, on)];
  const remark = await createComment(domain, mina, other);
  const seen = async (as: TestMember | null) => ({
    post: (await domain.query<{ post: object | null }>(POST, { id: post }, as)).data.post !== null,
    board: ids(await boardPage(on, as)),
    feed: (await feed(as)).includes(post),
    hers: ids(await memberPage(mina.id, as)),
    comments: ids((await thread(other, as)).comments),
  });
  const standing = { post: true, board: [other, post], feed: true, hers: [post], comments: [remark] };
  await tellAuth(domain, 'account.suspended', mina.id, { accountId: mina.id, until: null });
  for (const as of [null, fan])
    expect(await seen(as)).toEqual({ post: false, board: [other], feed: false, hers: [], comments: [] });
  await tellAuth(domain, 'account.reinstated', mina.id, { accountId: mina.id });
  for (const as of [null, fan]) expect(await seen(as)).toEqual(standing);
});

it('that a member is suspended is known again from a snapshot, and not forgotten by an older event', async () => {
  const mina = domain.keys.member();
  const post = await createPost(domain, mina, await createBoard(domain));
  const snapshot = { accountId: mina.id, roles: ['MEMBER'], createdAt: new Date().toISOString() };
  const shown = async () => (await feed(null)).includes(post);
  await tellAuth(domain, 'account.suspended', mina.id, { accountId: mina.id, until: null }, 7);
  // The projection is lost.
  await domain.database.query('DELETE FROM suspended_member WHERE member_id = $1', [mina.id]);
  await domain.database.query('DELETE FROM events.aggregate_version WHERE aggregate_id = $1', [mina.id]);
  expect(await shown()).toBe(true);
  await tellAuth(domain, 'account.snapshot', mina.id, { ...snapshot, suspended: true }, 7);
  expect(await shown()).toBe(false);
  await tellAuth(domain, 'account.reinstated', mina.id, { accountId: mina.id }, 6);
  // One that was made before snapshots told of it.
  await tellAuth(domain, 'account.snapshot', mina.id, snapshot, 8);
  expect(await shown()).toBe(false);
  await tellAuth(domain, 'account.snapshot', mina.id, { ...snapshot, suspended: false }, 9);
  expect(await shown()).toBe(true);
});

it('who may see what costs no statement of its own, and counts one for all posts and one for all comments', async () => {
  const [author, viewer, troll] = [domain.keys.member(), domain.keys.member(), domain.keys.member()];
  const on = await createBoard(domain);
  for (let i = 0; i < 12; i += 1) await createComment(domain, author, await createPost(domain, author, on));
  await block(viewer, troll);
  await mute(viewer, troll);
  const ask = (first: number, as: TestMember | null) => () =>
    domain.query(
      'query($id: ID!, $first: Int) { board(id: $id) { posts(first: $first) { edges { node { title likeCount commentCount comments(first: 3) { edges { node { body likeCount replyCount } } } } } } } }',
      { id: on, first },
      as,
    );
  await ask(1, null)();
  // The board, its posts, their comments.
  for (const first of [1, 12]) expect(await costOf(domain, ask(first, null))).toBe(3);
  for (const first of [1, 12]) expect(await costOf(domain, ask(first, viewer))).toBe(5);
});

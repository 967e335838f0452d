import { newId } from '@community/kit/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, content, type Harness, startNotification, user } from './support.ts';

let notifications: Harness;
beforeAll(async () => {
  notifications = await startNotification();
});
afterAll(() => notifications[Symbol.asyncDispose]());

const MARK =
  'mutation($input: MarkNotificationsReadInput!) { markNotificationsRead(input: $input) { __typename ... on MarkNotificationsReadSuccess { markedCount viewer { unreadNotificationCount } } ... on Error { code path } } }';
const MARK_ALL =
  'mutation { markAllNotificationsRead { __typename ... on MarkNotificationsReadSuccess { markedCount } ... on Error { code } } }';
const CHANGES =
  'query($after: Int!, $first: Int) { viewer { notificationNumber notificationChanges(after: $after, first: $first) { changes { number type unreadNotificationCount notification { id kind actorCount } } hasMore complete } } }';

interface Changes {
  viewer: {
    notificationNumber: number;
    notificationChanges: {
      changes: { number: number; type: string; notification: { id: string; kind: string } | null }[];
      hasMore: boolean;
      complete: boolean;
    };
  };
}

describe('an inbox', () => {
  it('groups the acts of one kind on one target, with the last three actors and an exact count', async () => {
    const author = notifications.member();
    const [postId, fans] = [newId(), Array.from({ length: 5 }, () => newId())];
    await notifications.tell(...fans.map((fan) => content.liked(postId, author.id, fan)));
    const { edges } = (await notifications.inbox(author)).notifications;
    expect(edges).toHaveLength(1);
    expect(edges[0]?.node).toMatchObject({
      kind: 'LIKE',
      actorCount: 5,
      actors: [fans[4], fans[3], fans[2]].map((id) => ({ id })),
      target: { __typename: 'Post', id: postId },
      readAt: null,
    });
  });

  it('tells the author of the post and of the comment that was answered, and nobody of her own acts', async () => {
    const [author, commenter, answerer] = [notifications.member(), notifications.member(), notifications.member()];
    const [postId, first, second, own] = [newId(), newId(), newId(), newId()];
    const post = { postId, postAuthorId: author.id };
    await notifications.tell(
      content.commented({ ...post, commentId: first, authorId: commenter.id }),
      content.commented({
        ...post,
        commentId: second,
        authorId: answerer.id,
        parentId: first,
        parentAuthorId: commenter.id,
      }),
      content.commented({
        ...post,
        commentId: own,
        authorId: author.id,
        parentId: second,
        parentAuthorId: answerer.id,
      }),
      content.liked(postId, author.id, author.id),
    );
    expect(await notifications.lines(author)).toEqual([`COMMENT 2 ${postId}`]);
    expect(await notifications.lines(commenter)).toEqual([`REPLY 1 ${first}`]);
    expect(await notifications.lines(answerer)).toEqual([`REPLY 1 ${second}`]);
  });

  it('says nothing of what was imported, which happened long ago, and all of what comes after it', async () => {
    const [member, postId] = [notifications.member(), newId()];
    const importedtime = '2024-02-01T00:00:00.000Z';
    const comment = { postId, authorId: newId(), postAuthorId: member.id };
    await notifications.tell(
      { ...auth.created(member.id), importedtime },
      { ...user.followed(newId(), member.id), importedtime },
      { ...content.published(newId(), newId(), [member.id]), importedtime },
      { ...content.commented({ ...comment, commentId: newId() }), importedtime },
      { ...content.liked(postId, member.id, newId()), importedtime },
      content.liked(postId, member.id, newId()),
    );
    expect(await notifications.lines(member)).toEqual([`LIKE 1 ${postId}`]);
  });

  it('tells whom a post or a comment mentions, once each, and takes that back with the text', async () => {
    const [author, mentioned] = [notifications.member(), notifications.member()];
    const [postId, commentId] = [newId(), newId()];
    const comment = { commentId, postId, authorId: newId(), postAuthorId: author.id };
    await notifications.tell(
      content.published(postId, author.id, [mentioned.id, author.id]),
      content.commented({ ...comment, mentionedIds: [mentioned.id, author.id] }),
    );
    expect((await notifications.lines(mentioned)).sort()).toEqual(
      [`MENTION 1 ${commentId}`, `MENTION 1 ${postId}`].sort(),
    );
    expect(await notifications.lines(author)).toEqual([`COMMENT 1 ${postId}`]);
    await notifications.tell(
      content.commentDeleted(comment, 'author'),
      content.postDeleted(postId, author.id, 'author'),
    );
    expect(await notifications.lines(mentioned)).toEqual([]);
    expect(await notifications.lines(author)).toEqual([]);
  });

  it('counts an actor once, however often she answers, until her last answer is gone', async () => {
    const author = notifications.member();
    const [postId, commenter] = [newId(), newId()];
    const [one, two] = [newId(), newId()].map((commentId) => ({
      ...{ commentId, postId, authorId: commenter, postAuthorId: author.id },
    })) as [Parameters<typeof content.commented>[0], Parameters<typeof content.commented>[0]];
    await notifications.tell(content.commented(one), content.commented(two));
    expect(await notifications.lines(author)).toEqual([`COMMENT 1 ${postId}`]);
    await notifications.tell(content.commentDeleted(one, 'author'));
    expect(await notifications.lines(author)).toEqual([`COMMENT 1 ${postId}`]);
    await notifications.tell(content.commentDeleted(two, 'author'));
    expect(await notifications.inbox(author)).toMatchObject({
      unreadNotificationCount: 0,
      notifications: { edges: [] },
    });
  });

  it('takes back what was undone, and what was told of a post that is gone', async () => {
    const author = notifications.member();
    const [postId, other, one, two] = [newId(), newId(), newId(), newId()];
    await notifications.tell(
      content.liked(postId, author.id, one),
      content.liked(postId, author.id, two),
      content.liked(postId, author.id, one, 'post.unliked'),
      content.liked(other, author.id, one),
      user.followed(one, author.id),
      user.followed(two, author.id),
      user.followed(one, author.id, 'user.unfollowed'),
    );
    expect((await notifications.lines(author)).sort()).toEqual(
      [`FOLLOW 1 ${author.id}`, `LIKE 1 ${other}`, `LIKE 1 ${postId}`].sort(),
    );
    await notifications.tell(content.postDeleted(postId, author.id, 'author'));
    expect((await notifications.lines(author)).sort()).toEqual([`FOLLOW 1 ${author.id}`, `LIKE 1 ${other}`].sort());
  });

  it('tells an author what a moderator took away, and not by whom', async () => {
    const author = notifications.member();
    const [postId, commentId] = [newId(), newId()];
    const comment = { commentId, postId: newId(), authorId: author.id, postAuthorId: newId() };
    await notifications.tell(
      content.liked(postId, author.id, newId()),
      content.postDeleted(postId, author.id, 'moderator'),
      content.commented(comment),
      content.commentLiked(commentId, author.id, newId()),
      content.commentDeleted(comment, 'moderator'),
    );
    const nodes = (await notifications.inbox(author)).notifications.edges.map(({ node }) => node);
    expect(nodes).toMatchObject([
      { kind: 'MODERATION', reason: 'COMMENT_HIDDEN', actors: [], actorCount: 0, target: { id: commentId } },
      { kind: 'MODERATION', reason: 'POST_HIDDEN', actors: [], actorCount: 0, target: { id: postId } },
    ]);
  });

  it('welcomes a new member, and tells her of her roles, in the name of the platform', async () => {
    for (const [told, reason] of [
      [auth.created, 'WELCOME'],
      [auth.rolesChanged, 'ROLES_CHANGED'],
    ] as const) {
      const member = notifications.member();
      await notifications.tell(told(member.id));
      const { notifications: list } = await notifications.inbox(member);
      expect(list.edges.map(({ node }) => [node.kind, node.reason, node.actors])).toEqual([['SYSTEM', reason, []]]);
    }
  });

  it('makes a new notification of what is done after the member has read', async () => {
    const author = notifications.member();
    const [postId, early] = [newId(), newId()];
    await notifications.tell(content.liked(postId, author.id, early), content.liked(postId, author.id, newId()));
    const [edge] = (await notifications.inbox(author)).notifications.edges;
    expect((await notifications.query(MARK, { input: { ids: [edge?.node.id] } }, author)).data).toEqual({
      markNotificationsRead: {
        __typename: 'MarkNotificationsReadSuccess',
        markedCount: 1,
        viewer: { unreadNotificationCount: 0 },
      },
    });
    await notifications.tell(content.liked(postId, author.id, newId()));
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${postId}`, `read LIKE 2 ${postId}`]);
    expect(await notifications.lines(author, { unreadOnly: true })).toEqual([`LIKE 1 ${postId}`]);
    await notifications.tell(content.liked(postId, author.id, early, 'post.unliked'));
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${postId}`, `read LIKE 1 ${postId}`]);
  });

  it('is paged from the latest on and filtered by kind, at a constant number of statements', async () => {
    const author = notifications.member();
    const posts = Array.from({ length: 12 }, () => newId());
    for (const postId of posts) await notifications.flood([content.liked(postId, author.id, newId())]);
    await notifications.tell(user.followed(newId(), author.id));
    const first = (await notifications.inbox(author, { first: 5, kinds: ['LIKE'] })).notifications;
    const rest = (await notifications.inbox(author, { first: 50, after: first.pageInfo.endCursor, kinds: ['LIKE'] }))
      .notifications;
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(new Set([...first.edges, ...rest.edges].map(({ node }) => node.target.id))).toEqual(new Set(posts));
    const cost = async (size: number) => {
      const before = await notifications.domain.statements();
      await notifications.inbox(author, { first: size });
      return (await notifications.domain.statements()) - before;
    };
    expect(await cost(2)).toBe(2);
    expect(await cost(50)).toBe(2);
  });
});

describe('blocks', () => {
  it('hide both ways, before and afterwards, in lists and counts, until they end', async () => {
    const [author, fan] = [notifications.member(), notifications.member()];
    const [postId, other, fansPost] = [newId(), newId(), newId()];
    await notifications.tell(
      content.liked(postId, author.id, fan.id),
      content.liked(postId, author.id, other),
      user.followed(fan.id, author.id),
      content.liked(fansPost, fan.id, author.id),
      user.blocked(fan.id, author.id),
      content.liked(fansPost, fan.id, newId()),
      content.commented({ commentId: newId(), postId, authorId: fan.id, postAuthorId: author.id }),
    );
    expect(await notifications.inbox(author)).toMatchObject({
      unreadNotificationCount: 1,
      notifications: { edges: [{ node: { kind: 'LIKE', actorCount: 1, actors: [{ id: other }] } }] },
    });
    expect(await notifications.lines(fan)).toEqual([`LIKE 1 ${fansPost}`]);
    await notifications.tell(user.blocked(fan.id, author.id, 'user.unblocked'));
    expect((await notifications.lines(author)).sort()).toEqual(
      [`COMMENT 1 ${postId}`, `FOLLOW 1 ${author.id}`, `LIKE 2 ${postId}`].sort(),
    );
  });
});

describe('a mute', () => {
  it('keeps what the muted one does from who mutes her, before and afterwards, and not the other way', async () => {
    const [author, loud] = [notifications.member(), notifications.member()];
    const [postId, other, loudsPost] = [newId(), newId(), newId()];
    await notifications.tell(
      content.liked(postId, author.id, loud.id),
      content.liked(postId, author.id, other),
      user.muted(author.id, loud.id),
      user.followed(loud.id, author.id),
      content.liked(loudsPost, loud.id, author.id),
    );
    expect(await notifications.inbox(author)).toMatchObject({
      unreadNotificationCount: 1,
      notifications: { edges: [{ node: { kind: 'LIKE', actorCount: 1, actors: [{ id: other }] } }] },
    });
    expect(await notifications.lines(loud)).toEqual([`LIKE 1 ${loudsPost}`]);
    await notifications.tell(user.muted(author.id, loud.id, 'user.unmuted'));
    expect((await notifications.lines(author)).sort()).toEqual([`FOLLOW 1 ${author.id}`, `LIKE 2 ${postId}`].sort());
  });
});

describe('changes', () => {
  it('have numbers without gaps, and are told again to who was away', async () => {
    const author = notifications.member();
    const postId = newId();
    const fan = newId();
    await notifications.tell(content.liked(postId, author.id, fan), user.followed(newId(), author.id));
    const before = (await notifications.query<Changes>(CHANGES, { after: 0 }, author)).data.viewer;
    expect(before.notificationChanges).toMatchObject({ complete: true, hasMore: false });
    await notifications.tell(content.liked(postId, author.id, fan, 'post.unliked'));
    await notifications.query(MARK_ALL, {}, author);
    const { viewer } = (await notifications.query<Changes>(CHANGES, { after: before.notificationNumber }, author)).data;
    expect(viewer.notificationNumber).toBe(before.notificationNumber + 2);
    expect(viewer.notificationChanges).toMatchObject({
      complete: true,
      changes: [
        { number: before.notificationNumber + 1, type: 'REMOVED', notification: { kind: 'LIKE', actorCount: 0 } },
        { number: before.notificationNumber + 2, type: 'RELOAD', notification: null, unreadNotificationCount: 0 },
      ],
    });
    const all = (await notifications.query<Changes>(CHANGES, { after: 0 }, author)).data.viewer.notificationChanges;
    expect(all.changes.map(({ number }) => number)).toEqual(
      Array.from({ length: viewer.notificationNumber }, (_, i) => i + 1),
    );
    const page = (await notifications.query<Changes>(CHANGES, { after: 0, first: 1 }, author)).data.viewer;
    expect(page.notificationChanges).toMatchObject({ hasMore: true, changes: [{ number: 1 }] });
    const unknown = (await notifications.query<Changes>(CHANGES, { after: 1_000 }, author)).data.viewer;
    expect(unknown.notificationChanges).toMatchObject({ complete: false, changes: [] });
  });

  it('come from marking as read up to a number, which leaves later ones unread', async () => {
    const author = notifications.member();
    const [early, late] = [newId(), newId()];
    await notifications.tell(content.liked(early, author.id, newId()));
    const { notificationNumber } = (await notifications.query<Changes>(CHANGES, { after: 0 }, author)).data.viewer;
    await notifications.tell(content.liked(late, author.id, newId()));
    await notifications.query(MARK, { input: { upToNumber: notificationNumber } }, author);
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${late}`, `read LIKE 1 ${early}`]);
  });
});

describe('bad input', () => {
  it('is answered clearly, and touches nobody else', async () => {
    const [author, stranger] = [notifications.member(), notifications.member()];
    const postId = newId();
    await notifications.tell(content.liked(postId, author.id, newId()));
    const [edge] = (await notifications.inbox(author)).notifications.edges;
    const mark = async (input: object, as = stranger) => (await notifications.query(MARK, { input }, as)).data;
    expect(await mark({ ids: [edge?.node.id, 'nonsense', newId()] })).toMatchObject({
      markNotificationsRead: { markedCount: 0 },
    });
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${postId}`]);
    expect(await mark({ ids: [newId()], upToNumber: 1 })).toMatchObject({
      markNotificationsRead: { __typename: 'ValidationError', path: ['input'] },
    });
    expect(await mark({})).toMatchObject({ markNotificationsRead: { __typename: 'ValidationError' } });
    expect(await mark({ ids: Array.from({ length: 101 }, newId) })).toMatchObject({
      markNotificationsRead: { __typename: 'ValidationError', path: ['input', 'ids'] },
    });
    expect((await notifications.query(MARK_ALL)).data).toMatchObject({
      markAllNotificationsRead: { code: 'NOT_SIGNED_IN' },
    });
    const tooMany = await notifications.query(CHANGES, { after: 0, first: 101 }, author);
    expect(tooMany.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect((await notifications.query('{ viewer { id } }')).data).toEqual({ viewer: null });
  });

  it('is an event that cannot be read: it is set aside, and the others go on', async () => {
    const author = notifications.member();
    const [broken, postId] = [newId(), newId()];
    await notifications.flood([{ topic: 'content', type: 'post.liked', subject: broken, data: { postId: 1 } }]);
    await notifications.tell(content.liked(postId, author.id, newId()));
    expect(await notifications.lines(author)).toEqual([`LIKE 1 ${postId}`]);
  });
});

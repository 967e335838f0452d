import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { createActs } from '../graph/acts.ts';
import type { Client, SignedIn } from '../graph/client.ts';
import { createRooms } from '../graph/rooms.ts';
import type { Happenings, Pair } from './happenings.ts';

/** Hana is one of several in every count that Vera sees, or the only one. */
export interface CountScene extends Pair {
  readonly tess: SignedIn;
  readonly board: string;
  /** A post of Hana's on the board. */
  readonly hers: string;
  /** A post of Tess's, which has all that a post can have of others. */
  readonly post: string;
  readonly room: string;
  readonly message: string;
}

/** Sets a scene of new members on a board of its own. @param boss who makes boards */
export async function setCounts(client: Client, boss: SignedIn): Promise<CountScene> {
  const { make, act } = createActs(client);
  const rooms = createRooms(client);
  const [hana, vera, tess, friend] = [
    await client.signUp(),
    await client.signUp(),
    await client.signUp(),
    await client.signUp(),
  ];
  const board = await make(boss, 'createBoard', `{ slug: "counts-${hana.handle}", name: "x" }`, 'board');
  const post = (as: SignedIn, more = '') =>
    make(as, 'createPost', `{ boardId: "${board}", title: "x", body: "x"${more} }`, 'post');
  const comment = (as: SignedIn, postId: string, parentId?: string) =>
    make(
      as,
      'createComment',
      `{ postId: "${postId}", body: "x"${parentId ? `, parentId: "${parentId}"` : ''} }`,
      'comment',
    );

  await act(hana, 'updateProfile', '{ displayName: "Hana", expectedVersion: 1 }');
  // Whom both follow who are followed by Vera is suggested to her.
  for (const [one, other] of [
    [hana, tess],
    [vera, tess],
    [vera, hana],
    [tess, hana],
    [tess, friend],
    [hana, friend],
  ] as const)
    await act(one, 'follow', `{ userId: "${other.id}" }`);

  const hers = await post(hana);
  const answered = await post(tess, ', poll: { options: ["yes", "no"] }');
  const { data } = await client.ask<{ post: { poll: { options: { id: string }[] } } }>(
    `{ post(id: "${answered}") { poll { options { id } } } }`,
    {},
  );
  await act(hana, 'vote', `{ postId: "${answered}", optionIds: ["${data.post.poll.options[0]?.id}"] }`);
  await act(hana, 'likePost', `{ postId: "${answered}" }`);
  const said = await comment(tess, answered);
  await act(hana, 'likeComment', `{ commentId: "${said}" }`);
  await comment(hana, answered, said);

  // Of the one Vera is told that Hana likes it, of the other that two do.
  const [one, two] = [await post(vera), await post(vera)];
  for (const [as, postId] of [
    [hana, one],
    [hana, two],
    [tess, two],
  ] as const)
    await act(as, 'likePost', `{ postId: "${postId}" }`);

  const room = await rooms.open('All of us', [tess, hana, vera]);
  const message = await make(tess, 'sendMessage', `{ roomId: "${room}", body: "x" }`, 'roomMessage');
  await rooms.say(room, 'x', hana);
  for (const as of [hana, tess]) await act(as, 'addReaction', `{ messageId: "${message}", emoji: "👍" }`);
  const without = await rooms.open('Not yet all of us', [tess, hana]);
  await act(tess, 'inviteToRoom', `{ roomId: "${without}", memberIds: ["${vera.id}"] }`);
  return { hana, vera, tess, board, hers, post: answered, room, message };
}

/** A count that Hana is in, once. */
export interface Count {
  readonly asked: (scene: CountScene) => string;
  /** The way to it in the answer. */
  readonly at: string;
  /** What Vera is told when nothing stands between them. */
  readonly all: number;
  /** After what Hana is not counted for Vera any more. */
  readonly without: readonly (keyof Happenings)[];
}

/** A block takes her off what is counted for Vera alone, and erasure off everything (0081, 0032); the rest is public (0080, 0082, 0101). */
const PUBLIC = ['blocks', 'isBlocked', 'isErased'] as const;
/** What comes by itself is quiet also of whom she mutes (0080). */
const TOLD = [...PUBLIC, 'mutes'] as const;
/** A vote is secret (0093), and in a room everybody who is there has a place (0064). */
const FOR_ALL = ['isErased'] as const;

const ofPost = (fields: string) => (scene: CountScene) => `post(id: "${scene.post}") { ${fields} }`;
const ofRoom = (field: string) => (scene: CountScene) => `room(id: "${scene.room}") { ${field} }`;
const ofViewer = (fields: string) => () => `viewer { ${fields} }`;

/** What counts members or what they did, by coordinate. */
export const COUNTS: Readonly<Record<string, Count>> = {
  'User.followerCount': {
    asked: ({ tess }) => `user(id: "${tess.id}") { followerCount }`,
    at: 'user.followerCount',
    all: 2,
    without: PUBLIC,
  },
  'User.followingCount': {
    asked: ({ tess }) => `user(id: "${tess.id}") { followingCount }`,
    at: 'user.followingCount',
    all: 2,
    without: PUBLIC,
  },
  'Post.likeCount': { asked: ofPost('likeCount'), at: 'post.likeCount', all: 1, without: PUBLIC },
  'Post.commentCount': { asked: ofPost('commentCount'), at: 'post.commentCount', all: 2, without: PUBLIC },
  'Comment.likeCount': {
    asked: ofPost('comments { edges { node { likeCount } } }'),
    at: 'post.comments.edges.0.node.likeCount',
    all: 1,
    without: PUBLIC,
  },
  'Comment.replyCount': {
    asked: ofPost('comments { edges { node { replyCount } } }'),
    at: 'post.comments.edges.0.node.replyCount',
    all: 1,
    without: PUBLIC,
  },
  'Poll.voterCount': { asked: ofPost('poll { voterCount }'), at: 'post.poll.voterCount', all: 1, without: FOR_ALL },
  'PollOption.voteCount': {
    asked: ofPost('poll { options { voteCount } }'),
    at: 'post.poll.options.0.voteCount',
    all: 1,
    without: FOR_ALL,
  },
  'Room.memberCount': { asked: ofRoom('memberCount'), at: 'room.memberCount', all: 3, without: FOR_ALL },
  // What she said keeps its place also when she is erased (0040).
  'Room.unreadCount': { asked: ofRoom('unreadCount'), at: 'room.unreadCount', all: 2, without: [] },
  'RoomInvitation.memberCount': {
    asked: ofViewer('roomInvitations { edges { node { memberCount } } }'),
    at: 'viewer.roomInvitations.edges.0.node.memberCount',
    all: 2,
    without: FOR_ALL,
  },
  'MessageReactionCount.count': {
    asked: ({ message }) => `message(id: "${message}") { reactions { count } }`,
    at: 'message.reactions.0.count',
    all: 2,
    without: PUBLIC,
  },
  'Notification.actorCount': {
    asked: ofViewer('notifications(first: 1, kinds: [LIKE]) { edges { node { actorCount } } }'),
    at: 'viewer.notifications.edges.0.node.actorCount',
    all: 2,
    without: TOLD,
  },
  'Viewer.unreadNotificationCount': {
    asked: ofViewer('unreadNotificationCount'),
    at: 'viewer.unreadNotificationCount',
    all: 5,
    without: TOLD,
  },
  'NotificationChange.unreadNotificationCount': {
    asked: ofViewer('notificationChanges(after: 0, first: 1) { changes { unreadNotificationCount } }'),
    at: 'viewer.notificationChanges.changes.0.unreadNotificationCount',
    all: 5,
    without: TOLD,
  },
  // Of those whom Vera follows: no longer Hana, when she is private and Vera does not follow her.
  'FollowSuggestion.followedByCount': {
    asked: ofViewer('followSuggestions { edges { node { followedByCount } } }'),
    at: 'viewer.followSuggestions.edges.0.node.followedByCount',
    all: 2,
    without: [...PUBLIC, 'isPrivate'],
  },
};

const PLACE = 'a place in a sequence that has no gap for anybody (0040, 0046)';
/** Numbers that count no members, and nothing that others did; by coordinate, or by name wherever it stands. With the reason. */
const NO_COUNT: Readonly<Record<string, string>> = {
  version: 'counts the edits of the thing itself',
  number: PLACE,
  messageNumber: PLACE,
  messageChangeNumber: PLACE,
  roomChangeNumber: PLACE,
  notificationNumber: PLACE,
  readNumber: PLACE,
  replyToNumber: PLACE,
  depth: 'how deep a comment stands',
  retryAfterSeconds: 'a time',
  linkSeconds: 'a time',
  digestHour: 'a time',
  'DataReceiptItem.count': 'what there was of her own data',
  'MarkNotificationsReadSuccess.markedCount': 'what she herself has read of what her inbox shows',
  'ModerationCase.reportCount': 'for moderators',
  'SignUpStep.attempts': 'of her own sign-up',
  'Totp.recoveryCodesLeft': 'her own',
};

/** Numbers of the graph that nobody has looked at, and what was said of such that are not there. */
export function unknownCounts(schema: GraphQLSchema): { readonly unknown: string[]; readonly gone: string[] } {
  const numbers = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => ['Int', 'Float'].includes(getNamedType(field.type).name))
        .map(({ name }) => ({ coordinate: `${type.name}.${name}`, name })),
    );
  const said = new Set([...Object.keys(COUNTS), ...Object.keys(NO_COUNT)]);
  const used = new Set(numbers.flatMap(({ coordinate, name }) => [coordinate, name]));
  return {
    unknown: numbers.flatMap(({ coordinate, name }) => (said.has(coordinate) || said.has(name) ? [] : [coordinate])),
    gone: [...said].filter((one) => !used.has(one)),
  };
}

import { newId } from '@community/kit/ids';
import { forEach } from '@community/testing/for-each';
import { until } from '@community/testing/wait';
import type { Arguments } from '../absence/paths.ts';
import { createActs } from '../graph/acts.ts';
import { signUpAdministrator } from '../graph/administrator.ts';
import { createClient, type SignedIn } from '../graph/client.ts';
import { SignInDocument } from '../graph/generated/operations.ts';
import { createRooms } from '../graph/rooms.ts';
import type { TestPlatform } from '../platform.ts';
import { queryOn } from '../traffic/databases.ts';

/** So many there are at least of everything that the graph lists, unless the platform allows fewer. */
export const MANY = 12;

const EMOJI = ['👍', '🎉', '😀', '😢', '🔥', '👀', '🙏', '💯', '🚀', '🌱', '🍀', '🎈'];

export interface Community {
  /** Who is asked for a list, by its name. */
  readonly readerOf: (name: string) => SignedIn;
  /** By what fields with arguments are asked for so much. */
  readonly known: (page: number) => Arguments;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const text = (value: string): string => JSON.stringify(value);
/** One after the other, where lists are sorted by when it was done. */
const inOrder = <Item>(items: readonly Item[], work: (item: Item, index: number) => Promise<unknown>) =>
  forEach(items, work, 1);

/** Fills a platform: Star writes what others answer, Vera reads and is told of it, and a hermit wants none of it. */
export async function settle(platform: TestPlatform): Promise<Community> {
  const client = createClient(platform.url);
  const { done, make, act } = createActs(client);
  const rooms = createRooms(client);
  const boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  const [vera, star, hermit] = [await client.signUp(), await client.signUp(), await client.signUp()];
  const newcomers = () => forEach(upTo(MANY), () => client.signUp());
  const [friends, strangers] = [await newcomers(), await newcomers()];

  const boards = await forEach(upTo(MANY), (i) =>
    make(boss, 'createBoard', `{ slug: "board-${i}", name: "x" }`, 'board'),
  );
  const board = boards[0] ?? '';
  const tags = '["talk", "one", "two", "three", "four"]';
  const poll = `{ options: [${upTo(10).map((i) => `"${i}"`)}], multiple: true }`;
  const write = (as: SignedIn, title: string) =>
    make(
      as,
      'createPost',
      `{ boardId: "${board}", title: "${title}", body: "x", tags: ${tags}, poll: ${poll} }`,
      'post',
    );
  const answer = (as: SignedIn, postId: string, body: string, parentId?: string) =>
    make(
      as,
      'createComment',
      `{ postId: "${postId}", body: ${text(body)}${parentId ? `, parentId: "${parentId}"` : ''} }`,
      'comment',
    );

  const follow = (as: SignedIn, all: readonly SignedIn[]) =>
    done(
      as,
      all
        .filter(({ id }) => id !== as.id)
        .map(({ id }, i) => `f${i}: follow(input: { userId: "${id}" }) { __typename }`)
        .join(' '),
      (followed: Record<string, { __typename: string }>) =>
        Object.values(followed).every(({ __typename }) => __typename === 'FollowSuccess') || undefined,
    );

  for (const member of [star, vera])
    await act(
      member,
      'updateProfile',
      `{ links: [${upTo(5).map((i) => `{ url: "https://x.example/${i}", label: "x" }`)}], expectedVersion: 1 }`,
    );
  // Whomever a page begins with, she has written, is answered, follows and is followed: pages differ in nothing but length.
  const everybody = [boss, star, hermit, ...friends, ...strangers];
  // Nor in this: whoever is on a page, behind her is somebody who is on none before it.
  const [known, second, third, fourth] = [
    await client.signUp(),
    await client.signUp(),
    await client.signUp(),
    await client.signUp(),
  ];
  const behind = [known, second, third, fourth];
  const nextTo = (i: number) => [1, 2, 3].flatMap((by) => everybody[(i + by) % everybody.length] ?? []);
  await inOrder(everybody, (member, i) =>
    follow(member, [
      ...(member === star ? everybody : [star, ...nextTo(i), ...(friends.includes(member) ? [vera] : [])]),
      known,
    ]),
  );
  await forEach([...everybody, ...behind], async (member, i) => {
    const postId = await write(member, 'To all');
    await answer(nextTo(i)[0] ?? star, postId, 'deeper', await answer(vera, postId, 'An answer'));
  });
  await follow(vera, [star, ...friends, known]);
  await follow(known, everybody);
  await follow(known, [second]);
  await follow(second, [known, third]);
  await follow(third, [second, fourth]);
  await follow(fourth, [third]);
  await forEach(upTo(MANY), async () => answer(star, await write(vera, 'Of Vera'), 'An answer'));
  await act(vera, 'updateSettings', '{ private: true, expectedVersion: 2 }');

  // The last posts of all are at the top of every feed, each with answers of its own.
  const posts: string[] = [];
  const comments: string[] = [];
  const replies: string[] = [];
  for (const i of upTo(MANY)) {
    const postId = await write(star, `Of Star ${i}`);
    posts.push(postId);
    await act(vera, 'bookmarkPost', `{ postId: "${postId}" }`);
    await act(strangers[i - 1] as SignedIn, 'likePost', `{ postId: "${postId}" }`);
    await act(vera, 'reportPost', `{ id: "${postId}", reason: SPAM }`);
    await act(star, 'editPost', `{ postId: "${postId}", title: "Of Star ${i}, again", expectedVersion: 1 }`);
    if (i <= 5) await act(boss, 'pinPost', `{ postId: "${postId}" }`);
    const commentId = await answer(friends[i - 1] as SignedIn, postId, 'An answer');
    comments.push(commentId);
    replies.push(await answer(strangers[i - 1] as SignedIn, postId, 'An answer to it', commentId));
    await act(
      friends[i - 1] as SignedIn,
      'editComment',
      `{ commentId: "${commentId}", body: "y", expectedVersion: 1 }`,
    );
    await make(vera, 'saveDraft', `{ boardId: "${boards[i - 1]}", title: "x", body: "x", tags: ${tags} }`, 'draft');
  }
  const [top = '', draft = ''] = [posts.at(-1), await make(vera, 'saveDraft', '{ title: "x", body: "x" }', 'draft')];
  const first = comments.at(-1) ?? '';
  await forEach(strangers, async (stranger, i) => {
    const commentId = await answer(stranger, top, `@${vera.handle} and everybody`);
    await answer(stranger, top, 'deeper', commentId);
    await answer(friends[i] as SignedIn, top, 'deeper', first);
    await act(stranger, 'reportPost', `{ id: "${top}", reason: SPAM }`);
    const roomId = await done(
      stranger,
      'createRoom(input: { title: "x" }) { ... on CreateRoomSuccess { roomId } }',
      (made: { createRoom: { roomId?: string } }) => made.createRoom.roomId,
    );
    await act(stranger, 'inviteToRoom', `{ roomId: "${roomId}", memberIds: ["${vera.id}"] }`);
  });
  await inOrder(strangers, (stranger) => act(stranger, 'follow', `{ userId: "${vera.id}" }`));
  const versions = upTo(MANY);
  for (const i of versions) {
    await act(star, 'editPost', `{ postId: "${top}", body: "version ${i}", expectedVersion: ${i + 1} }`);
    await act(
      friends.at(-1) as SignedIn,
      'editComment',
      `{ commentId: "${first}", body: "version ${i}", expectedVersion: ${i + 1} }`,
    );
  }

  // One room of many, in which others than the reader are the first to do something, and many rooms.
  const room = await rooms.open('All of us', [star, ...friends, vera]);
  await forEach(friends, async (friend, i) => {
    const own = await rooms.open('Two of us', [vera, friend]);
    await rooms.say(own, 'hello there', friend);
    await make(
      friend,
      'sendMessage',
      `{ roomId: "${room}", body: "hello there", mentionedIds: [${friends.map(({ id }) => text(id))}], fileIds: [${upTo(10).map(() => text(newId()))}] }`,
      'roomMessage',
    );
    await act(boss, i % 2 ? 'grantRole' : 'revokeRole', `{ accountId: "${friend.id}", role: MODERATOR }`);
    await act(boss, i % 2 ? 'revokeRole' : 'grantRole', `{ accountId: "${friend.id}", role: MODERATOR }`);
  });
  const { data } = await client.ask<{ room: { messages: { edges: { node: { id: string } }[] } } }>(
    `{ room(id: "${room}") { messages(last: ${MANY}) { edges { node { id } } } } }`,
    {},
    vera,
  );
  const messages = data.room.messages.edges.map(({ node }) => node.id);
  await forEach(messages, async (id) => {
    for (const emoji of EMOJI) await act(vera, 'addReaction', `{ messageId: "${id}", emoji: ${text(emoji)} }`);
  });

  await forEach(upTo(MANY), async (i) => {
    await client.send(SignInDocument, { input: { email: vera.email, password: vera.password } });
    await act(vera, 'createApiToken', `{ name: "${i}", scopes: ["user:read"], password: ${text(vera.password)} }`);
    // What only a provider and a device can make.
    await queryOn(
      platform.databaseUrl('auth'),
      `WITH linked AS (INSERT INTO linked_identity (id, account_id, provider, subject, linked_at) VALUES ($1, $2, 'github', $3, now()))
       INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, name, backed_up, created_at)
       VALUES ($1, $2, $3, '', 0, '{}', $3, false, now())`,
      [newId(), vera.id, `x${i}`],
    );
  });
  await inOrder(friends, ({ id }) => act(hermit, 'block', `{ userId: "${id}" }`));
  await inOrder(strangers, ({ id }) => act(hermit, 'mute', `{ userId: "${id}" }`));
  await queryOn(platform.databaseUrl('content'), "SELECT graphile_worker.add_job('hot_rank', job_key => 'now')");
  await done(
    vera,
    'requestDataExport { __typename }',
    (made: { requestDataExport: { __typename: string } }) =>
      made.requestDataExport.__typename.endsWith('Success') || undefined,
  );
  await until(
    async () => {
      const edges = `(first: ${MANY}) { edges { cursor } }`;
      const told = await client.ask<object>(
        `{ hotFeed${edges} viewer { followSuggestions${edges} followRequests${edges} notifications${edges} dataRequests { state } } }`,
        {},
        vera,
      );
      const answered = JSON.stringify(told.data);
      if (answered.split('cursor').length <= 4 * MANY || !answered.includes('"DONE"')) throw new Error(answered);
      return true;
    },
    'everything being told to everybody',
    30_000,
  );

  const ids = (all: readonly string[], page: number): string => `ids: [${all.slice(0, page).map(text)}]`;
  return {
    readerOf(name) {
      if (/^(moderationQueue|accountAuditLog)/.test(name)) return boss;
      return /^viewer\.(blocked|muted)Users/.test(name) ? hermit : vera;
    },
    known: (page) => ({
      'Query.signUp': [`signUp(accountId: "${vera.id}")`],
      // What Viewer.dataRequests tells, to who has gone.
      'Query.erasureReceipt': [],
      'Query.suspension': [`suspension(accountId: "${vera.id}")`],
      'Query.accountAuditLog': [`accountAuditLog(first: ${page})`],
      'Query.room': [`room(id: "${room}")`],
      'Query.message': [`message(id: "${messages[0]}")`],
      'Query.board': [`board(id: "${board}")`],
      'Query.post': [`post(id: "${top}")`],
      'Query.moderationQueue': [`moderationQueue(status: OPEN, first: ${page})`],
      'Query.tag': ['tag(name: "talk")'],
      'Query.user': [`user(id: "${star.id}")`],
      'Query.members': [`members(query: "m", first: ${page})`],
      'Room.changes': [`changes(after: 0, first: ${page})`],
      'Room.messages': [`messages(last: ${page})`],
      'Room.messageChanges': [`messageChanges(after: 0, first: ${page})`],
      'Viewer.notifications': [`notifications(first: ${page})`],
      'Viewer.notificationChanges': [`notificationChanges(after: 0, first: ${page})`],
      'Viewer.searchMessages': [`searchMessages(query: "hello", first: ${page})`],
      'Viewer.messageStates': [`messageStates(${ids(messages, page)})`],
      'Viewer.draft': [`draft(id: "${draft}")`],
      'Viewer.postStates': [`postStates(${ids(posts, page)})`],
      'Viewer.commentStates': [`commentStates(${ids([...comments].reverse(), page)})`],
      'Viewer.followStates': [
        `followStates(${ids(
          friends.map(({ id }) => id),
          page,
        )})`,
      ],
    }),
  };
}

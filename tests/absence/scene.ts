import { createActs } from '../graph/acts.ts';
import type { Client, SignedIn } from '../graph/client.ts';
import { createRooms } from '../graph/rooms.ts';
import type { Arguments } from './paths.ts';

/** Hana, whom Vera could come upon in every place of the graph, and Tess, whom both know. */
export interface Scene {
  readonly hana: SignedIn;
  readonly vera: SignedIn;
  readonly tess: SignedIn;
  /**
   * What only Hana has: her names, her words by where she says them, and the ids of her and of what she wrote. `secret`
   * is what she told nobody, or moderators alone.
   */
  readonly marks: Readonly<Record<string, string>>;
  readonly known: Arguments;
}

const text = (value: string): string => JSON.stringify(value);
let scenes = 0;

/** Sets a scene of new members on a board. */
export async function setScene(client: Client, boardId: string): Promise<Scene> {
  scenes += 1;
  const [hana, vera, tess] = [await client.signUp(), await client.signUp(), await client.signUp()];
  const word = `hanaspeaks${Date.now().toString(36)}${scenes}`;
  const { done, make, act } = createActs(client);
  const rooms = createRooms(client);
  const post = (as: SignedIn, title: string, body: string, tag = 'talk', option = 'yes') =>
    make(
      as,
      'createPost',
      `{ boardId: "${boardId}", title: ${text(title)}, body: ${text(body)}, tags: [${text(tag)}], poll: { options: [${text(option)}, "no"] } }`,
      'post',
    );
  const choose = async (as: SignedIn, postId: string) => {
    const { data } = await client.ask<{ post: { poll: { options: { id: string }[] } } }>(
      `{ post(id: "${postId}") { poll { options { id } } } }`,
      {},
      as,
    );
    const option = data.post.poll.options[0]?.id ?? '';
    await act(as, 'vote', `{ postId: "${postId}", optionIds: ["${option}"] }`);
    return option;
  };
  const comment = (as: SignedIn, postId: string, body: string, parentId?: string) =>
    make(
      as,
      'createComment',
      `{ postId: "${postId}", body: ${text(body)}${parentId ? `, parentId: "${parentId}"` : ''} }`,
      'comment',
    );
  await act(
    hana,
    'updateProfile',
    `{ displayName: ${text(`${word}called`)}, bio: ${text(`${word}profile`)}, links: [{ url: "https://${word}profile.example", label: "x" }], expectedVersion: 1 }`,
  );
  const hers = await post(hana, `${word}content`, `${word}content`, `${word}tag`, `${word}content`);
  await act(hana, 'editPost', `{ postId: "${hers}", body: "${word}content, again", expectedVersion: 1 }`);
  await act(vera, 'bookmarkPost', `{ postId: "${hers}" }`);
  for (const member of [vera, tess]) await act(member, 'likePost', `{ postId: "${hers}" }`);
  const option = await choose(vera, hers);
  const draft = await make(hana, 'saveDraft', `{ title: "${word}secret", body: "${word}secret" }`, 'draft');
  const theirs = await post(tess, 'A post of Tess', 'to which everybody answers');
  const answer = await comment(hana, theirs, `${word}content @${vera.handle}`);
  const reply = await comment(tess, theirs, 'An answer to it', answer);
  await act(hana, 'likePost', `{ postId: "${theirs}" }`);
  await choose(hana, theirs);
  await act(hana, 'reportPost', `{ id: "${theirs}", reason: OTHER, note: "${word}secret" }`);
  // Vera is asked by Hana, and is suggested her: they know Tess both, and Vera does not follow Hana.
  await act(hana, 'follow', `{ userId: "${tess.id}" }`);
  await act(tess, 'follow', `{ userId: "${hana.id}" }`);
  await act(vera, 'follow', `{ userId: "${tess.id}" }`);
  await act(vera, 'updateSettings', '{ private: true, expectedVersion: 1 }');
  await act(hana, 'follow', `{ userId: "${vera.id}" }`);

  const room = await rooms.open('All of us', [tess, hana, vera]);
  await rooms.say(room, `${word}chat`, hana);
  const { data } = await client.ask<{ room: { lastMessage: { id: string } } }>(
    `{ room(id: "${room}") { lastMessage { id } } }`,
    {},
    hana,
  );
  const message = data.room.lastMessage.id;
  await act(
    hana,
    'editMessage',
    `{ messageId: "${message}", body: ${text(`${word}chat`)}, mentionedIds: ["${vera.id}"], expectedVersion: 1 }`,
  );
  const said = await make(
    tess,
    'sendMessage',
    `{ roomId: "${room}", body: "Mentions her", mentionedIds: ["${hana.id}"], replyToId: "${message}" }`,
    'roomMessage',
  );
  const invited = await done(
    hana,
    `createRoom(input: { title: ${text(`${word}chat`)} }) { ... on CreateRoomSuccess { roomId } }`,
    (made: { createRoom: { roomId?: string } }) => made.createRoom.roomId,
  );
  await act(hana, 'inviteToRoom', `{ roomId: "${invited}", memberIds: ["${vera.id}"] }`);

  return {
    hana,
    vera,
    tess,
    marks: {
      handle: hana.handle,
      ...Object.fromEntries(
        ['called', 'profile', 'content', 'chat', 'tag', 'secret'].map((where) => [where, `${word}${where}`]),
      ),
      id: hana.id,
      post: hers,
      option,
      comment: answer,
      message,
    },
    known: {
      'Query.signUp': [`signUp(accountId: "${hana.id}")`],
      'Query.erasureReceipt': ['erasureReceipt(token: "of somebody else")'],
      'Query.suspension': [`suspension(accountId: "${hana.id}")`],
      'Query.accountAuditLog': [`accountAuditLog(accountId: "${hana.id}")`],
      'Query.room': [`room(id: "${room}")`],
      'Query.message': [`message(id: "${message}")`, `message(id: "${said}")`],
      'Query.board': [`board(id: "${boardId}")`],
      'Query.post': [`post(id: "${hers}")`, `post(id: "${theirs}")`],
      'Query.moderationQueue': ['moderationQueue(first: 6)'],
      'Query.tag': [`tag(name: "${word}tag")`],
      'Query.user': [`user(id: "${hana.id}")`, `user(handle: "${hana.handle}")`, `user(id: "${tess.id}")`],
      'Query.members': [`members(query: "${word}")`, `members(query: "${hana.handle}")`],
      'Room.changes': ['changes(after: 0)'],
      'Room.messages': ['messages(first: 6)'],
      'Room.messageChanges': ['messageChanges(after: 0)'],
      'Viewer.notifications': ['notifications(first: 6)'],
      'Viewer.notificationChanges': ['notificationChanges(after: 0)'],
      'Viewer.searchMessages': [`searchMessages(query: "${word}")`],
      'Viewer.messageStates': [`messageStates(ids: ["${message}"])`],
      'Viewer.draft': [`draft(id: "${draft}")`, `draft(id: "${hers}")`],
      'Viewer.postStates': [`postStates(ids: ["${hers}"])`],
      'Viewer.commentStates': [`commentStates(ids: ["${answer}", "${reply}"])`],
      'Viewer.followStates': [`followStates(ids: ["${hana.id}"])`],
    },
  };
}

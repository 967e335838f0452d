import { newId } from '@community/kit/ids';
import { describe, expect, it } from 'vitest';
import { createRooms } from '../graph/rooms.ts';
import { operate, type Scene } from './attacker.ts';

/** Reading what is not hers, by its id. */
export function privacyCases(scene: () => Scene): void {
  const url = () => scene().platform.url;

  describe('a member', () => {
    it('who hides is like one who is not there, for those whom she hides from', async () => {
      const { client, mallory, boardId } = scene();
      const hidden = await client.signUp();
      const made = await client.ask<{ createPost: { post: { id: string } } }>(
        `mutation ($boardId: ID!) { createPost(input: { boardId: $boardId, title: "x", body: "x" }) { ... on CreatePostSuccess { post { id } } } }`,
        { boardId },
        hidden,
      );
      await client.ask(
        'mutation ($id: ID!) { block(input: { userId: $id }) { __typename } }',
        { id: mallory.id },
        hidden,
      );
      const query = `query ($user: ID!, $post: ID!) { user(id: $user) { handle } post(id: $post) { title } }`;
      const follow = `mutation ($id: ID!) { follow(input: { userId: $id }) { __typename ... on Error { code message path } } }`;
      const like = `mutation ($id: ID!) { likePost(input: { postId: $id }) { __typename ... on Error { code message path } } }`;
      const comment = `mutation ($id: ID!) { createComment(input: { postId: $id, body: "x" }) { __typename ... on Error { code message path } } }`;
      const room = `mutation ($id: ID!) { openDirectRoom(input: { memberId: $id }) { __typename ... on Error { code message path } } }`;
      const seen = async (user: string, post: string) =>
        Promise.all([
          operate(url(), query, { user, post }, mallory),
          operate(url(), follow, { id: user }, mallory),
          operate(url(), like, { id: post }, mallory),
          operate(url(), comment, { id: post }, mallory),
          operate(url(), room, { id: user }, mallory),
        ]).then((all) => all.map(({ text }) => text));
      await expect
        .poll(() => seen(hidden.id, made.data.createPost.post.id), { timeout: 15_000 })
        .toEqual(await seen(newId(), newId()));
    });

    it('is told the same of a room, a message and an account that are not hers as of none', async () => {
      const { client, mallory, mina, boss } = scene();
      const rooms = createRooms(client);
      const roomId = await rooms.open('Ours', [mina, boss]);
      await rooms.say(roomId, 'between us', mina);
      const { data } = await client.ask<{ room: { lastMessage: { id: string } } }>(
        'query ($id: ID!) { room(id: $id) { lastMessage { id } } }',
        { id: roomId },
        mina,
      );
      const query = `query ($room: ID!, $message: ID!, $account: ID!) {
        room(id: $room) { title } message(id: $message) { body } suspension(accountId: $account) { reason }
        signUp(accountId: $account) { state } accountAuditLog(accountId: $account) { edges { node { act } } }
        viewer { messageStates(ids: [$message]) { messageId } searchMessages(query: "between us") { edges { node { body } } } } }`;
      const send = `mutation ($room: ID!, $message: ID!, $account: ID!) {
        sendMessage(input: { roomId: $room, body: "x" }) { __typename ... on Error { code message } }
        editMessage(input: { messageId: $message, body: "x", expectedVersion: 1 }) { __typename ... on Error { code message } }
        deleteMessage(input: { messageId: $message }) { __typename ... on Error { code message } }
        suspendAccount(input: { accountId: $account, reason: "x" }) { __typename ... on Error { code message } }
        grantRole(input: { accountId: $account, role: MODERATOR }) { __typename ... on Error { code message } } }`;
      // States are told again with the ids that they were asked for by.
      const seen = async (ids: Record<string, string>) =>
        [await operate(url(), query, ids, mallory), await operate(url(), send, ids, mallory)].map(({ text }) =>
          Object.entries(ids).reduce((told, [name, id]) => told.replaceAll(id, name), text),
        );
      const theirs = await seen({ room: roomId, message: data.room.lastMessage.id, account: mina.id });
      expect(theirs).toEqual(await seen({ room: newId(), message: newId(), account: newId() }));
    });

    it('changes nothing that another one wrote', async () => {
      const { mallory, postId } = scene();
      const query = `mutation ($id: ID!) { editPost(input: { postId: $id, title: "Mallory's", body: "x", expectedVersion: 1 }) { __typename }
        deletePost(input: { postId: $id }) { __typename } }`;
      const { data } = await operate(url(), query, { id: postId }, mallory);
      expect(data).toEqual({
        editPost: { __typename: 'ForbiddenError' },
        deletePost: { __typename: 'ForbiddenError' },
      });
    });
  });

  it('whether an address has an account is not told by asking for a new password', async () => {
    const query = `mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { __typename ... on RequestPasswordResetSuccess { linkSeconds } } }`;
    const [known, unknown] = [
      await operate(url(), query, { email: (await scene().client.signUp()).email }),
      await operate(url(), query, { email: 'nobody-at-all@example.com' }),
    ];
    expect(known.text).toBe(unknown.text);
  });

  it('whether an account exists is not told by signing in', async () => {
    const query = `mutation ($email: String!) { signIn(input: { email: $email, password: "not the password" }) { __typename ... on Error { code message } } }`;
    const [known, unknown] = [
      await operate(url(), query, { email: (await scene().client.signUp()).email }),
      await operate(url(), query, { email: 'nobody-at-all@example.com' }),
    ];
    expect(known.text).toBe(unknown.text);
  });
}

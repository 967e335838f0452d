import { newId } from '@community/kit/ids';
import { until } from '@community/testing/wait';
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

    it("is told the same of another one's draft as of none, and changes nothing of it", async () => {
      const { client, mallory, mina, boardId } = scene();
      const saved = await client.ask<{ saveDraft: { draft: { id: string } } }>(
        `mutation ($boardId: ID!) { saveDraft(input: { boardId: $boardId, title: "Not yet", body: "secret words" }) { ... on SaveDraftSuccess { draft { id } } } }`,
        { boardId },
        mina,
      );
      const query = `query ($id: ID!) { viewer { draft(id: $id) { title body } drafts { edges { node { title } } } postStates(ids: [$id]) { liked } }
        post(id: $id) { title body author { handle } revisions { edges { node { body } } } } }`;
      const change = `mutation ($id: ID!, $boardId: ID!) {
        saveDraft(input: { draftId: $id, expectedVersion: 1, boardId: $boardId, title: "Mallory's", body: "x" }) { __typename ... on Error { code message path } }
        stale: saveDraft(input: { draftId: $id, expectedVersion: 7, title: "Mallory's", body: "x" }) { __typename ... on Error { code message path } }
        publishDraft(input: { draftId: $id, expectedVersion: 1 }) { __typename ... on Error { code message path } }
        deleteDraft(input: { draftId: $id }) { __typename ... on Error { code message path } }
        bookmarkPost(input: { postId: $id }) { __typename ... on Error { code message path } }
        reportPost(input: { id: $id, reason: SPAM }) { __typename ... on Error { code message path } }
        createComment(input: { postId: $id, body: "x" }) { __typename ... on Error { code message path } } }`;
      const seen = async (id: string) =>
        Promise.all([
          operate(url(), query, { id }, mallory),
          operate(url(), query, { id }),
          operate(url(), change, { id, boardId }, mallory),
          operate(url(), change, { id, boardId }),
        ]).then((all) => all.map(({ text }) => text.replaceAll(id, 'id')));
      const { id } = saved.data.saveDraft.draft;
      const theirs = await seen(id);
      expect(theirs).toEqual(await seen(newId()));
      expect(theirs.join()).not.toContain('Success');
      const after = await operate(
        url(),
        'query ($id: ID!) { viewer { draft(id: $id) { title body version } } }',
        { id },
        mina,
      );
      expect(after.data).toEqual({ viewer: { draft: { title: 'Not yet', body: 'secret words', version: 1 } } });
    });

    it('is not told who bookmarked a post or chose what in its poll', async () => {
      const { client, mallory, mina, boardId } = scene();
      type Asked = { createPost: { post: { id: string; poll: { options: { id: string }[] } } } };
      const asked = await client.ask<Asked>(
        `mutation ($boardId: ID!) { createPost(input: { boardId: $boardId, title: "x", body: "x", poll: { options: ["yes", "no"] } }) {
          ... on CreatePostSuccess { post { id poll { options { id } } } } } }`,
        { boardId },
        mallory,
      );
      const { id, poll } = asked.data.createPost.post;
      const chosen = poll.options[0]?.id;
      const done = await operate(
        url(),
        `mutation ($id: ID!, $chosen: ID!) { vote(input: { postId: $id, optionIds: [$chosen] }) { __typename } bookmarkPost(input: { postId: $id }) { __typename } }`,
        { id, chosen },
        mina,
      );
      expect(done.data).toMatchObject({
        vote: { __typename: 'VoteSuccess' },
        bookmarkPost: { __typename: 'BookmarkPostSuccess' },
      });
      const query = `query ($id: ID!, $chosen: [ID!]!) { post(id: $id) { poll { voterCount options { voteCount } } }
        viewer { postStates(ids: [$id]) { bookmarked pollChoices } chosen: postStates(ids: $chosen) { pollChoices }
          bookmarks { edges { node { id } } } notifications { edges { node { actors { id } } } } } }`;
      const told = await operate(url(), query, { id, chosen: [chosen] }, mallory);
      expect(told.data).toMatchObject({
        post: { poll: { voterCount: 1, options: [{ voteCount: 1 }, { voteCount: 0 }] } },
        viewer: { postStates: [{ bookmarked: false, pollChoices: [] }], bookmarks: { edges: [] } },
      });
      expect(told.text).not.toContain(mina.id);
      expect(told.text).not.toContain(chosen);
    });

    it('is told of reports no more than nobody is, and decides none', async () => {
      const { client, mallory, mina, boss, boardId } = scene();
      const made = await client.ask<{ createPost: { post: { id: string } } }>(
        `mutation ($boardId: ID!) { createPost(input: { boardId: $boardId, title: "Bad", body: "x" }) { ... on CreatePostSuccess { post { id } } } }`,
        { boardId },
        mallory,
      );
      const { id } = made.data.createPost.post;
      await client.ask(
        'mutation ($id: ID!) { reportPost(input: { id: $id, reason: SPAM, note: "told in confidence" }) { __typename } }',
        { id },
        mina,
      );
      const queue = `{ moderationQueue(status: OPEN, first: 100) { edges { node { id post { id } reports { note reporter { id } } } } } }`;
      type Queue = { moderationQueue: { edges: { node: { id: string; post: { id: string } | null } }[] } };
      const caseId = await until(async () => {
        const { data } = await client.ask<Queue>(queue, {}, boss);
        return data.moderationQueue.edges.find(({ node }) => node.post?.id === id)?.node.id;
      }, 'the report being in the queue');
      const [member, nobody] = [await operate(url(), queue, {}, mallory), await operate(url(), queue)];
      expect(member.text).toBe(nobody.text);
      expect(member.data).toEqual({ moderationQueue: null });
      const decide = `mutation ($id: ID!) { resolveCase(input: { caseId: $id }) { __typename ... on Error { code message path } }
        dismissCase(input: { caseId: $id }) { __typename ... on Error { code message path } } }`;
      for (const as of [mallory, undefined]) {
        const theirs = await operate(url(), decide, { id: caseId }, as);
        expect(theirs.text).toBe((await operate(url(), decide, { id: newId() }, as)).text);
        expect(theirs.text).not.toContain('Success');
      }
      const { data } = await client.ask<Queue>(queue, {}, boss);
      expect(data.moderationQueue.edges.map(({ node }) => node.id)).toContain(caseId);
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

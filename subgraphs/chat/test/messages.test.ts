import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { type ChatDriver, createChatDriver } from './chat-driver.ts';

let domain: TestDomain;
let driver: ChatDriver;
beforeAll(async () => {
  domain = await startDomain(chat);
  driver = createChatDriver(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Page {
  messages: { edges: { node: { number: number; body: string | null } }[]; pageInfo: Record<string, unknown> };
}
const PAGE = 'edges { node { number body } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const numbers = (page: Page | null) => page?.messages.edges.map(({ node }) => node.number);

describe('a message', () => {
  it('has the next number of its room, without gaps, whoever sends at once', async () => {
    const members = [driver.member(), driver.member(), driver.member()];
    const [owner = driver.member(), ...others] = members;
    const roomId = await driver.group(owner, ...others);
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, index) => driver.say(members[index % 3] ?? owner, roomId, `m${index}`)),
    );
    expect(sent.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    const told = (await driver.events(roomId)).filter(({ type }) => type === 'message.sent');
    expect(told.map(({ data }) => data.number)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  });

  it('costs six statements, eight with a key, and many at once little more than one', async () => {
    const members = Array.from({ length: 4 }, () => driver.member());
    const [owner = driver.member(), ...others] = members;
    const roomId = await driver.group(owner, ...others);
    const cost = async (work: () => Promise<unknown>) => {
      const before = await domain.statements();
      await work();
      return (await domain.statements()) - before;
    };
    expect(await cost(() => driver.say(owner, roomId))).toBe(6);
    expect(await cost(() => driver.say(owner, roomId, 'keyed', { clientMutationId: newId() }))).toBe(8);
    const many = () =>
      Promise.all(Array.from({ length: 40 }, (_, index) => driver.say(members[index % 4] ?? owner, roomId)));
    expect(await cost(many)).toBeLessThan(40 * 3);
  });

  it('is kept once however often the same request is sent, and its key is for it alone', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    const input = { roomId, body: 'once', clientMutationId: newId() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => driver.call('sendMessage', input, owner)));
    expect(new Set(answers.map(({ sent }) => sent?.id)).size).toBe(1);
    expect(await driver.call('sendMessage', { ...input, body: 'other' }, owner)).toMatchObject({
      __typename: 'ConflictError',
      code: 'CLIENT_MUTATION_ID_REUSED',
    });
    expect((await driver.say(owner, roomId)).number).toBe(2);
  });

  it('is refused with a word that says why: too long, empty, of strangers, of nobody', async () => {
    const [owner, stranger] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner);
    const send = (more: object, as: typeof owner | null = owner) =>
      driver.call('sendMessage', { roomId, body: 'x', ...more }, as);
    const long = await send({ body: '가'.repeat(100_000) });
    expect(long).toMatchObject({ path: ['input', 'body'], message: expect.stringContaining('8000') });
    expect(await send({ body: ' \n ' })).toMatchObject({ path: ['input', 'body'] });
    expect(await send({ mentionedIds: [owner.id, stranger.id] })).toMatchObject({
      path: ['input', 'mentionedIds', '1'],
    });
    expect(await send({ fileIds: ['x'] })).toMatchObject({ path: ['input', 'fileIds', '0'] });
    expect(await send({ replyToId: newId() })).toMatchObject({ path: ['input', 'replyToId'] });
    expect(await send({}, null)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    expect((await driver.say(owner, roomId)).number).toBe(1);
  });

  it('has the sender of the token: no input can name another', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    const answer = await domain.query(
      'mutation($input: SendMessageInput!) { sendMessage(input: $input) { __typename } }',
      { input: { roomId, body: 'x', senderId: newId() } },
      owner,
    );
    expect(answer.errors?.[0]?.message).toContain('Field "senderId" is not defined');
    const { id } = await driver.say(owner, roomId);
    const { data } = await domain.query('query($id: ID!) { message(id: $id) { sender { id } } }', { id }, owner);
    expect(data).toEqual({ message: { sender: { id: owner.id } } });
  });

  it('carries its reply, mentions, links and files', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const first = await driver.say(owner, roomId, 'question');
    const fileId = newId();
    await driver.say(member, roomId, 'see https://example.org/a.', {
      replyToId: first.id,
      mentionedIds: [owner.id],
      fileIds: [fileId],
    });
    const room = await driver.room(
      roomId,
      'lastMessage { links replyToNumber replyTo { id body } mentions { id } attachments { fileId } room { id } }',
      owner,
    );
    expect(room).toEqual({
      lastMessage: {
        links: ['https://example.org/a'],
        replyToNumber: 1,
        replyTo: { id: first.id, body: 'question' },
        mentions: [{ id: owner.id }],
        attachments: [{ fileId }],
        room: { id: roomId },
      },
    });
    expect((await driver.events(roomId)).at(-1)?.data).toMatchObject({
      mentionedIds: [owner.id],
      replyToSenderId: owner.id,
    });
  });

  it('is edited by its sender at the version that she read, and taken away by her or a moderator', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const { id: messageId } = await driver.say(member, roomId, 'first');
    const edit = { messageId, body: 'second', expectedVersion: 1 };
    expect(await driver.call('editMessage', edit, owner)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await driver.call('editMessage', edit, member)).toMatchObject({ sent: { body: 'second', version: 2 } });
    expect(await driver.call('editMessage', edit, member)).toMatchObject({ code: 'VERSION_CONFLICT' });
    const own = await driver.say(owner, roomId, 'of the owner');
    expect(await driver.call('deleteMessage', { messageId: own.id }, member)).toMatchObject({ code: 'FORBIDDEN' });
    for (const _ of [1, 2])
      expect(await driver.call('deleteMessage', { messageId }, owner)).toMatchObject({
        sent: { number: 1, body: null, visibility: 'REMOVED' },
      });
    expect(await driver.call('editMessage', { ...edit, expectedVersion: 3 }, member)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const room = await driver.room(
      roomId,
      'messageChanges(after: 0) { number kind messageId message { body } }',
      member,
    );
    expect(room?.messageChanges).toEqual([
      { number: 1, kind: 'EDITED', messageId, message: { body: null } },
      { number: 2, kind: 'DELETED', messageId, message: { body: null } },
    ]);
  });

  it('takes reactions, each of a member once', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const { id: messageId } = await driver.say(owner, roomId);
    for (const as of [owner, member, member]) await driver.call('addReaction', { messageId, emoji: '👍🏽' }, as);
    await driver.call('addReaction', { messageId, emoji: '🎉' }, member);
    await driver.call('removeReaction', { messageId, emoji: '🎉' }, member);
    expect(await driver.call('addReaction', { messageId, emoji: 'hi' }, member)).toMatchObject({ code: 'INVALID' });
    const room = await driver.room(roomId, 'lastMessage { reactions { emoji count } } messageChangeNumber', owner);
    expect(room).toEqual({ lastMessage: { reactions: [{ emoji: '👍🏽', count: 2 }] }, messageChangeNumber: 4 });
    const { data } = await domain.query(
      'query($ids: [ID!]!) { viewer { messageStates(ids: $ids) { reactions } } }',
      { ids: [messageId] },
      member,
    );
    expect(data).toEqual({ viewer: { messageStates: [{ reactions: ['👍🏽'] }] } });
  });

  it('does not count the reactions of whom a block divides from who reads it, either way', async () => {
    const [owner, one, other] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, one, other);
    const { id: messageId } = await driver.say(owner, roomId);
    for (const as of [owner, one, other]) await driver.call('addReaction', { messageId, emoji: '👍' }, as);
    await driver.call('addReaction', { messageId, emoji: '🎉' }, one);
    await driver.block(other, one);
    const seen = async (as: TestMember) =>
      (
        await driver.room<{ lastMessage: { reactions: { emoji: string; count: number }[] } }>(
          roomId,
          'lastMessage { reactions { emoji count } }',
          as,
        )
      )?.lastMessage.reactions;
    const thumbs = (count: number) => ({ emoji: '👍', count });
    expect(await seen(other)).toEqual([thumbs(2)]);
    expect(await seen(one)).toEqual([thumbs(2), { emoji: '🎉', count: 1 }]);
    expect(await seen(owner)).toEqual([thumbs(3), { emoji: '🎉', count: 1 }]);
    const { data } = await domain.query(
      'mutation($input: AddReactionInput!) { addReaction(input: $input) { ... on AddReactionSuccess { roomMessage { reactions { emoji count } } } } }',
      { input: { messageId, emoji: '👍' } },
      other,
    );
    expect(data).toEqual({ addReaction: { roomMessage: { reactions: [thumbs(2)] } } });
  });

  it('keeps only its place for whom a block divides from its sender', async () => {
    const [owner, one, other] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, one, other);
    const hidden = await driver.say(one, roomId, 'secret');
    await driver.say(owner, roomId, 'open');
    await driver.block(other, one);
    const asked = 'messages(first: 5) { edges { node { number body visibility sender { id } } } } ';
    const page = (body: string | null, visibility: string, sender: object | null) => ({
      messages: {
        edges: [
          { node: { number: 1, body, visibility, sender } },
          { node: { number: 2, body: 'open', visibility: 'VISIBLE', sender: { id: owner.id } } },
        ],
      },
    });
    expect(await driver.room(roomId, asked, other)).toEqual(page(null, 'BLOCKED', null));
    expect(await driver.room(roomId, asked, owner)).toEqual(page('secret', 'VISIBLE', { id: one.id }));
    const reply = { roomId, body: 'x', replyToId: hidden.id };
    expect(await driver.call('sendMessage', reply, other)).toMatchObject({ path: ['input', 'replyToId'] });
    expect(await driver.call('addReaction', { messageId: hidden.id, emoji: '👍' }, other)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the history of a room', () => {
  it('is read in both directions, on from a number, and from a date', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    for (let number = 1; number <= 9; number += 1) await driver.say(owner, roomId, `m${number}`);
    const page = (args: string) => driver.room<Page>(roomId, `messages(${args}) { ${PAGE} }`, owner);
    const end = await page('last: 4');
    expect(numbers(end)).toEqual([6, 7, 8, 9]);
    expect(end?.messages.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const before = await page(`last: 4, before: "${end?.messages.pageInfo.startCursor}"`);
    expect(numbers(before)).toEqual([2, 3, 4, 5]);
    expect(numbers(await page(`first: 2, after: "${before?.messages.pageInfo.endCursor}"`))).toEqual([6, 7]);
    expect(numbers(await page('first: 3'))).toEqual([1, 2, 3]);
    expect(numbers(await page('afterNumber: 7'))).toEqual([8, 9]);
    const { rows } = await domain.database.query(
      "UPDATE message SET created_at = created_at - interval '1 day' WHERE room_id = $1 AND number <= 5 RETURNING 1",
      [roomId],
    );
    expect(rows).toHaveLength(5);
    const date = new Date(Date.now() - 3_600_000).toISOString();
    expect(numbers(await page(`first: 2, fromDate: "${date}"`))).toEqual([6, 7]);
    expect(numbers(await page(`last: 2, fromDate: "${date}"`))).toEqual([4, 5]);
    const both = await domain.query(
      `{ room(id: "${roomId}") { messages(first: 1, last: 1) { edges { cursor } } } }`,
      {},
      owner,
    );
    expect(both.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('costs the same number of statements however many rooms and messages are asked for', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const ask = async (first: number) => {
      const before = await domain.statements();
      const answer = await domain.query(
        `query($first: Int) { viewer { rooms(first: $first) { edges { node {
          unreadCount lastMessage { body sender { id } replyTo { body } reactions { emoji } } messages(last: 3) { edges { node { body } } }
          members(first: 2) { edges { node { role } } } changes(after: 0) { kind } messageChanges(after: 0) { kind message { body } } } } } } }`,
        { first },
        owner,
      );
      expect(answer.errors).toBeUndefined();
      return (await domain.statements()) - before;
    };
    for (let index = 0; index < 4; index += 1) {
      const roomId = await driver.group(owner, member);
      const first = await driver.say(member, roomId);
      await driver.call('addReaction', { messageId: first.id, emoji: '👍' }, owner);
      await driver.say(member, roomId, 'reply', { replyToId: first.id });
    }
    const one = await ask(1);
    expect(await ask(4)).toBe(one);
    expect(one).toBeLessThanOrEqual(14);
  });
});

describe('read marks', () => {
  it('count what is unread, never go back, and are told to other domains once in a while', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    for (let number = 1; number <= 5; number += 1) await driver.say(owner, roomId);
    const unread = async (as: typeof owner) =>
      (await driver.room<{ unreadCount: number }>(roomId, 'unreadCount', as))?.unreadCount;
    expect(await unread(member)).toBe(5);
    expect(await unread(owner)).toBe(0);
    for (const number of [2, 4, 3]) await driver.call('markRoomRead', { roomId, number }, member);
    expect(await unread(member)).toBe(1);
    await driver.call('markRoomRead', { roomId, number: 1_000_000 }, member);
    expect(await unread(member)).toBe(0);
    const key = `${roomId}:${member.id}`;
    const told = await until(async () => {
      const events = await driver.events(key);
      return events.length > 0 ? events : null;
    }, 'the read mark being told');
    expect(told.at(-1)).toMatchObject({ type: 'message.read', aggregateversion: 5, data: { number: 5 } });
  });
});

describe('the rooms of a member', () => {
  it('are sorted by their last message, and paged', async () => {
    const owner = driver.member();
    const [first, second, third] = [await driver.group(owner), await driver.group(owner), await driver.group(owner)];
    await driver.say(owner, second);
    await driver.say(owner, first);
    const ask = async (after: string | null) => {
      const { data } = await domain.query<{
        viewer: { rooms: { edges: { node: { id: string } }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
      }>(
        'query($after: String) { viewer { rooms(first: 2, after: $after) { edges { node { id } } pageInfo { endCursor hasNextPage } } } }',
        { after },
        owner,
      );
      return data.viewer.rooms;
    };
    const page = await ask(null);
    expect(page.edges.map(({ node }) => node.id)).toEqual([first, second]);
    expect((await ask(page.pageInfo.endCursor)).edges.map(({ node }) => node.id)).toEqual([third]);
  });
});

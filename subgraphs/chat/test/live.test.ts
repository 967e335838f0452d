import { randomBytes } from 'node:crypto';
import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { LiveStream } from '@community/testing/live-stream';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { createGrants, type Grant } from '../src/modules/stream/grant.ts';
import { type ChatDriver, createChatDriver } from './chat-driver.ts';

let domain: TestDomain;
let driver: ChatDriver;
beforeAll(async () => {
  domain = await startDomain(chat);
  driver = createChatDriver(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Added {
  messageAdded: { number: number; body: string | null; visibility: string };
}
const BY_GRANT = 'subscription($grant: String!) { messageAdded(grant: $grant) { number body visibility } }';
const BY_ROOM =
  'subscription($roomId: ID!, $after: Int) { messageAdded(roomId: $roomId, after: $after) { number body visibility } }';

const byGrant = (grant: string, as: TestMember | null = null) => domain.subscribe<Added>(BY_GRANT, { grant }, as);
const byRoom = (roomId: string, as: TestMember | null, after?: number) =>
  domain.subscribe<Added>(BY_ROOM, { roomId, after }, as);
const numbers = (stream: LiveStream<Added>) =>
  stream.received.flatMap(({ data }) => (data ? [data.messageAdded.number] : []));
const lastCode = (stream: LiveStream<unknown>) => stream.received.at(-1)?.errors?.[0]?.extensions?.code;
const ended = (stream: LiveStream<unknown>) => until(() => stream.ended && lastCode(stream), 'the stream having ended');
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** Makes grants as chat does, of whatever content. */
async function forge(grant: Grant): Promise<string> {
  const { rows } = await domain.database.query('SELECT secret FROM stream_key');
  return createGrants(rows[0].secret).write(grant);
}

async function epochOf(roomId: string): Promise<number> {
  const { rows } = await domain.database.query('SELECT epoch FROM room_cohort WHERE room_id = $1', [roomId]);
  return rows[0].epoch;
}

describe('a stream of messages', () => {
  it('brings all of them in their order, whoever sends at once, from the number that was asked for', async () => {
    const members = [driver.member(), driver.member(), driver.member()];
    const [owner = driver.member(), ...others] = members;
    const roomId = await driver.group(owner, ...others);
    for (let number = 1; number <= 3; number += 1) await driver.say(owner, roomId);
    await using late = await byRoom(roomId, owner, 1);
    await using now = await byRoom(roomId, owner);
    await using all = await byRoom(roomId, others[0] ?? owner, 0);
    await Promise.all(Array.from({ length: 30 }, (_, index) => driver.say(members[index % 3] ?? owner, roomId)));
    await until(() => numbers(all).at(-1) === 33 && numbers(late).at(-1) === 33 && numbers(now).at(-1) === 33);
    expect(numbers(all)).toEqual(upTo(33));
    expect(numbers(late)).toEqual(upTo(33).slice(1));
    expect(numbers(now)).toEqual(upTo(33).slice(3));
  });

  it('is not for who is not in the room, and ends with an error for who is taken out of it', async () => {
    const [owner, member, stranger] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    expect(lastCode(await byRoom(roomId, stranger))).toBe('NOT_FOUND');
    expect(lastCode(await byRoom(newId(), stranger))).toBe('NOT_FOUND');
    expect(lastCode(await byRoom('x', stranger))).toBe('NOT_FOUND');
    expect(lastCode(await byRoom(roomId, null))).toBe('UNAUTHENTICATED');
    await using stream = await byRoom(roomId, member);
    await driver.say(owner, roomId, 'for all');
    await stream.next();
    await driver.call('removeRoomMember', { roomId, memberId: member.id }, owner);
    await driver.say(owner, roomId, 'not for her');
    expect(await ended(stream)).toBe('NOT_FOUND');
    expect(numbers(stream)).toEqual([1]);
  });

  it('says what is wrong with how it was asked for', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    const document =
      'subscription($grant: String, $roomId: ID, $after: Int) { messageAdded(grant: $grant, roomId: $roomId, after: $after) { number } }';
    const grant = await driver.grant(roomId, owner);
    for (const variables of [{}, { grant, roomId }, { grant, after: 1 }, { roomId, after: -1 }])
      expect(lastCode(await domain.subscribe(document, variables, owner))).toBe('BAD_USER_INPUT');
  });

  it('begins at most so far back as can be caught up with', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    await driver.say(owner, roomId);
    await domain.database.query(
      `INSERT INTO message (id, room_id, number, sender_id, body, mentioned_ids, file_ids, grams, created_at)
       SELECT gen_random_uuid(), $1, n, $2, 'm' || n, '{}', '{}', '{}', now() FROM generate_series(2, 600) AS n`,
      [roomId, owner.id],
    );
    await domain.database.query('UPDATE room SET message_number = 600 WHERE id = $1', [roomId]);
    expect(lastCode(await byRoom(roomId, owner, 99))).toBe('BAD_USER_INPUT');
    await using stream = await byRoom(roomId, owner, 100);
    await until(() => numbers(stream).length === 500, 'all of them');
    expect(numbers(stream)).toEqual(upTo(600).slice(100));
  });
});

describe('a stream by grant', () => {
  it('is the same for members who may see the same, carries no token, and resolves for nobody in particular', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const first = await driver.say(owner, roomId, 'first');
    const grant = await driver.grant(roomId, owner);
    expect(driver.holderOf(await driver.grant(roomId, member))).toBe(driver.holderOf(grant));
    const document =
      'subscription($grant: String!) { messageAdded(grant: $grant) { number body replyToNumber sender { id } replyTo { id } room { id } } }';
    // A token that an engine happens to send along must not show in what is shared.
    for (const as of [null, member]) {
      await using stream = await domain.subscribe<Added>(document, { grant }, as);
      await driver.say(owner, roomId, 'reply', { replyToId: first.id });
      expect((await stream.next()).data.messageAdded).toMatchObject({
        body: 'reply',
        replyToNumber: 1,
        sender: { id: owner.id },
        replyTo: null,
        room: null,
      });
    }
  });

  it('is refused for a forged, malformed, foreign or expired grant, and for one of an old epoch', async () => {
    const [owner, stranger] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner);
    const good = { roomId, holder: { cohort: 1 }, epoch: await epochOf(roomId), expiresAt: Date.now() + 60_000 };
    const forged = createGrants(randomBytes(32)).write(good);
    for (const grant of ['x', '', forged, await forge({ ...good, expiresAt: Date.now() - 1 })])
      expect(lastCode(await byGrant(grant))).toBe('GRANT_REFUSED');
    expect(lastCode(await byGrant(await forge({ ...good, epoch: good.epoch - 1 })))).toBe('GRANT_ENDED');
    expect(lastCode(await byGrant(await forge({ ...good, holder: { memberId: stranger.id } })))).toBe('GRANT_ENDED');
    expect(await driver.room(roomId, 'stream { grant }', stranger)).toBeNull();
    await using stream = await byGrant(await forge(good));
    await driver.say(owner, roomId);
    expect((await stream.next()).data.messageAdded.number).toBe(1);
  });

  it('ends when its term is over', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    const epoch = await epochOf(roomId);
    await using stream = await byGrant(
      await forge({ roomId, holder: { cohort: 1 }, epoch, expiresAt: Date.now() + 1_500 }),
    );
    expect(await ended(stream)).toBe('GRANT_ENDED');
  });

  it.each(['leaves', 'is removed'])('ends before the next message when one of those who share it %s', async (how) => {
    const [owner, gone, stays] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, gone, stays);
    const grant = await driver.grant(roomId, gone);
    await using stream = await byGrant(grant);
    await driver.say(owner, roomId, 'for all');
    await stream.next();
    if (how === 'leaves') await driver.call('leaveRoom', { roomId }, gone);
    else await driver.call('removeRoomMember', { roomId, memberId: gone.id }, owner);
    await driver.say(owner, roomId, 'not for her');
    expect(await ended(stream)).toBe('GRANT_ENDED');
    expect(numbers(stream)).toEqual([1]);
    expect(lastCode(await byGrant(grant))).toBe('GRANT_ENDED');
    await using renewed = await byGrant(await driver.grant(roomId, stays));
    await driver.say(owner, roomId, 'for those who stayed');
    expect((await renewed.next()).data.messageAdded.number).toBe(3);
  });

  it('becomes one of her own for whom a block divides from another member, without what that one says', async () => {
    const [owner, one, other] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, one, other);
    const shared = await driver.grant(roomId, one);
    await using before = await byGrant(shared);
    await driver.block(other, one);
    await driver.say(other, roomId, 'secret');
    expect(await ended(before)).toBe('GRANT_ENDED');
    expect(numbers(before)).toEqual([]);
    const [own, ofOther, ofOwner] = await Promise.all([one, other, owner].map((as) => driver.grant(roomId, as)));
    expect(new Set([own, ofOther, ofOwner].map((one) => driver.holderOf(one ?? ''))).size).toBe(3);
    await using streamOfOne = await byGrant(own ?? '');
    await using streamOfOwner = await byGrant(ofOwner ?? '');
    await using plain = await byRoom(roomId, one);
    await driver.say(other, roomId, 'secret again');
    await driver.say(owner, roomId, 'open');
    await until(
      () => numbers(streamOfOne).length === 2 && numbers(streamOfOwner).length === 2 && numbers(plain).length === 2,
    );
    for (const stream of [streamOfOne, plain])
      expect(stream.received.map(({ data }) => data.messageAdded)).toEqual([
        { number: 2, body: null, visibility: 'BLOCKED' },
        { number: 3, body: 'open', visibility: 'VISIBLE' },
      ]);
    expect(streamOfOwner.received[0]?.data.messageAdded.body).toBe('secret again');
  });

  it('is taken from a cohort when one comes in whom a block divides from a member', async () => {
    const [owner, member, guest] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    await driver.block(guest, member);
    await using stream = await byGrant(await driver.grant(roomId, member));
    await driver.know(guest);
    await driver.call('inviteToRoom', { roomId, memberIds: [guest.id] }, owner);
    await driver.call('acceptRoomInvitation', { roomId }, guest);
    await driver.say(guest, roomId, 'secret');
    expect(await ended(stream)).toBe('GRANT_ENDED');
    expect(numbers(stream)).toEqual([]);
  });

  it.each([
    [
      'session is revoked',
      'session.revoked',
      (who: TestMember) => ({ sessionId: who.sessionId, accountId: who.id, reason: 'SIGNED_OUT' }),
    ],
    ['account is suspended', 'account.suspended', (who: TestMember) => ({ accountId: who.id })],
  ])('ends when the %s of one who was given its grant', async (_, type, data) => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const grant = await driver.grant(roomId, member);
    await using stream = await byGrant(grant);
    await using plain = await byRoom(roomId, member);
    await using other = await byRoom(roomId, owner);
    await driver.tell('auth', type, member.sessionId, 1, data(member));
    await driver.say(owner, roomId, 'not for her');
    expect(await ended(stream)).toBe('GRANT_ENDED');
    expect(await ended(plain)).toBe('UNAUTHENTICATED');
    expect([...numbers(stream), ...numbers(plain)]).toEqual([]);
    expect((await other.next()).data.messageAdded.number).toBe(1);
    expect(lastCode(await byGrant(grant))).toBe('GRANT_ENDED');
  });

  it('does not outlive a session that ends at the very moment at which it is given', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const { id: accountId, sessionId } = member;
    const waiting = (count: number) =>
      until(async () => {
        const { rows } = await domain.database.query(
          'SELECT FROM pg_locks JOIN pg_database ON oid = database WHERE datname = current_database() AND NOT granted',
        );
        return rows.length === count;
      }, `${count} of two waiting`);
    const held = await domain.database.connect();
    let asked: Promise<string>;
    let told: Promise<void>;
    try {
      // Holds the grant up between its question whether the session is there, and its note of who was given it.
      await held.query('BEGIN');
      await held.query('LOCK TABLE stream_session IN EXCLUSIVE MODE');
      asked = driver.grant(roomId, member);
      await waiting(1);
      told = driver.tell('auth', 'session.revoked', sessionId, 1, { sessionId, accountId, reason: 'SIGNED_OUT' });
      await waiting(2);
    } finally {
      await held.query('ROLLBACK');
      held.release();
    }
    const grant = await asked;
    await told;
    expect(lastCode(await byGrant(grant))).toBe('GRANT_ENDED');
  });

  it('is given to all rooms of a list by the same number of statements', async () => {
    const owner = driver.member();
    for (let index = 0; index < 3; index += 1) await driver.group(owner);
    const ask = async (first: number) => {
      const before = await domain.statements();
      await domain.query(
        'query($first: Int) { viewer { rooms(first: $first) { edges { node { stream { grant expiresAt } } } } } }',
        { first },
        owner,
      );
      return (await domain.statements()) - before;
    };
    expect(await ask(3)).toBe(await ask(1));
  });
});

describe('streams of changes', () => {
  it('bring what happens to messages, with the message as it is, and to the room', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const { id: messageId } = await driver.say(owner, roomId, 'first');
    const grant = await driver.grant(roomId, owner);
    await using messages = await domain.subscribe(
      'subscription($grant: String!) { messageChanged(grant: $grant) { number kind message { body reactions { emoji count } } } }',
      { grant },
    );
    await using room = await domain.subscribe(
      'subscription($roomId: ID!) { roomChanged(roomId: $roomId, after: 3) { number kind title member { id } role } }',
      { roomId },
      member,
    );
    await driver.call('editMessage', { messageId, body: 'second', expectedVersion: 1 }, owner);
    expect((await messages.next()).data).toEqual({
      messageChanged: { number: 1, kind: 'EDITED', message: { body: 'second', reactions: [] } },
    });
    await driver.call('addReaction', { messageId, emoji: '👍' }, member);
    expect((await messages.next()).data).toEqual({
      messageChanged: {
        number: 2,
        kind: 'REACTION_ADDED',
        message: { body: 'second', reactions: [{ emoji: '👍', count: 1 }] },
      },
    });
    await driver.call('renameRoom', { roomId, title: 'New' }, owner);
    await driver.call('setRoomRole', { roomId, memberId: member.id, role: 'MODERATOR' }, owner);
    expect((await room.next()).data).toEqual({
      roomChanged: { number: 4, kind: 'RENAMED', title: 'New', member: null, role: null },
    });
    expect((await room.next()).data).toEqual({
      roomChanged: { number: 5, kind: 'ROLE_CHANGED', title: null, member: { id: member.id }, role: 'MODERATOR' },
    });
  });

  it('do not count the reactions of whom a block divides from their member', async () => {
    const [owner, one, other] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, one, other);
    const { id: messageId } = await driver.say(owner, roomId, 'first');
    await driver.block(other, one);
    const open = async (as: TestMember) =>
      domain.subscribe(
        'subscription($grant: String!) { messageChanged(grant: $grant) { number message { reactions { count } } } }',
        { grant: await driver.grant(roomId, as) },
      );
    await using ofOther = await open(other);
    await using ofOwner = await open(owner);
    const change = (number: number, ...reactions: object[]) => ({ messageChanged: { number, message: { reactions } } });
    await driver.call('addReaction', { messageId, emoji: '👍' }, one);
    expect((await ofOther.next()).data).toEqual(change(1));
    expect((await ofOwner.next()).data).toEqual(change(1, { count: 1 }));
    await driver.call('addReaction', { messageId, emoji: '👍' }, owner);
    expect((await ofOther.next()).data).toEqual(change(2, { count: 1 }));
    expect((await ofOwner.next()).data).toEqual(change(2, { count: 2 }));
  });
});

describe('typing and presence', () => {
  const TYPING = 'subscription($roomId: ID!) { typing(roomId: $roomId) { memberId member { id } } }';
  const PRESENCE = 'subscription($roomId: ID!) { presence(roomId: $roomId) { memberId present } }';

  it('reach the members of the room but those whom a block divides, at most so often, and are not stored', async () => {
    const [owner, one, other, stranger] = [driver.member(), driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, one, other);
    await driver.block(other, one);
    await using seen = await domain.subscribe(TYPING, { roomId }, owner);
    await using hidden = await domain.subscribe(TYPING, { roomId }, other);
    for (const _ of [1, 2, 3]) expect(await driver.call('signalTyping', { roomId }, one)).toMatchObject({ roomId });
    await driver.call('signalTyping', { roomId }, owner);
    expect(await driver.call('signalTyping', { roomId }, stranger)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await hidden.next()).data).toEqual({ typing: { memberId: owner.id, member: { id: owner.id } } });
    await until(() => seen.received.length === 2);
    expect(seen.received[0]?.data).toMatchObject({ typing: { memberId: one.id } });
  });

  it('say who looks at a room, and who does so no longer', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    await using stream = await domain.subscribe(PRESENCE, { roomId }, owner);
    const present = async () =>
      (
        await driver.room<{ members: { edges: { node: { memberId: string; present: boolean } }[] } }>(
          roomId,
          'members { edges { node { memberId present } } }',
          owner,
        )
      )?.members.edges.flatMap(({ node }) => (node.present ? [node.memberId] : []));
    for (const _ of [1, 2]) await driver.call('signalPresence', { roomId, present: true }, member);
    expect(await present()).toEqual([member.id]);
    await driver.call('signalPresence', { roomId, present: false }, member);
    expect(await present()).toEqual([]);
    expect((await stream.next()).data).toEqual({ presence: { memberId: member.id, present: true } });
    expect((await stream.next()).data).toEqual({ presence: { memberId: member.id, present: false } });
  });
});

describe('who sends too fast', () => {
  it('is told when to try again, loses nothing, and hurts nobody else', async () => {
    const [owner, member] = [driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => driver.call('sendMessage', { roomId, body: `m${index}` }, owner)),
    );
    const kept = answers.filter(({ sent }) => sent);
    const refused = answers.filter(({ code }) => code === 'RATE_LIMITED');
    expect(kept.length + refused.length).toBe(100);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.message).toContain('Try again in');
    expect((await driver.say(member, roomId)).number).toBe(kept.length + 1);
  });
});

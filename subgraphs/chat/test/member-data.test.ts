import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
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

async function ask(kind: 'export' | 'erasure', memberId: string): Promise<{ requestId: string; items: object }> {
  const requestId = newId();
  await driver.tell('auth', `member_data.${kind}_requested`, requestId, 1, { requestId, memberId, domains: ['chat'] });
  const receipt = await until(async () => (await driver.events(requestId))[0], 'the receipt');
  return { requestId, items: receipt.data.items as object };
}

describe('what chat holds of a member', () => {
  it('is exported: her messages, rooms and reactions, and nobody else’s', async () => {
    const [member, other] = [driver.member(), driver.member()];
    const roomId = await driver.group(member, other);
    await driver.say(member, roomId, 'her words');
    const theirs = await driver.say(other, roomId, 'not hers');
    await driver.call('addReaction', { messageId: theirs.id, emoji: '👍' }, member);
    const { requestId, items } = await ask('export', member.id);
    expect(items).toEqual({ messages: 1, rooms: 1, reactions: 1 });
    const { body } = await domain.internal('member-data', { requestId });
    expect(body).toMatchObject({
      sections: {
        messages: [{ roomId, number: 1, body: 'her words' }],
        rooms: [{ roomId, role: 'OWNER', room: { kind: 'GROUP', title: 'Room' } }],
        reactions: [{ messageId: theirs.id, emoji: '👍' }],
      },
    });
    expect(JSON.stringify(body)).not.toContain('not hers');
  });

  it('is erased: her messages keep their places without her, her rooms go to others, numbers have no gap', async () => {
    const [member, other] = [driver.member(), driver.member()];
    const roomId = await driver.group(member, other);
    const direct = await driver.direct(member, other);
    for (const room of [roomId, direct]) await driver.say(member, room, 'her words');
    const theirs = await driver.say(other, roomId, 'an answer');
    await driver.say(member, roomId, 'more of her');
    await driver.call('addReaction', { messageId: theirs.id, emoji: '👍' }, member);
    const invited = driver.member();
    await driver.know(invited);
    await driver.call('inviteToRoom', { roomId, memberIds: [invited.id] }, member);
    const { items } = await ask('erasure', member.id);
    expect(items).toEqual({ messages: 3, rooms: 2, reactions: 1 });
    const seen = await driver.room(
      roomId,
      'viewerRole memberCount messages { edges { node { number body visibility sender { id } reactions { emoji } } } } messageChanges(after: 0) { number kind }',
      other,
    );
    const tombstone = (number: number) => ({
      node: { number, body: null, visibility: 'DELETED', sender: null, reactions: [] },
    });
    expect(seen).toEqual({
      viewerRole: 'OWNER',
      memberCount: 1,
      messages: {
        edges: [
          tombstone(1),
          { node: { number: 2, body: 'an answer', visibility: 'VISIBLE', sender: { id: other.id }, reactions: [] } },
          tombstone(3),
        ],
      },
      messageChanges: [
        { number: 1, kind: 'REACTION_ADDED' },
        { number: 2, kind: 'DELETED' },
        { number: 3, kind: 'DELETED' },
      ],
    });
    const events = await driver.events(roomId);
    expect(events.map((event) => event.aggregateversion)).toEqual(events.map((_, index) => index + 1));
    expect(events.slice(-3).map((event) => event.type)).toEqual([
      'room.member_left',
      'message.deleted',
      'message.deleted',
    ]);
    for (const table of ['message_reaction WHERE member_id', 'room_member WHERE member_id', 'message WHERE sender_id'])
      expect((await domain.database.query(`SELECT 1 FROM ${table} = $1`, [member.id])).rowCount).toBe(0);
  });
});

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

describe('the members of a large room', () => {
  it('share streams by a hundred: who leaves ends the one that she shared, and no other', async () => {
    const owner = driver.member();
    const others = Array.from({ length: 104 }, () => driver.member());
    const roomId = await driver.group(owner, ...others);
    const grants = await Promise.all([owner, ...others].map((as) => driver.grant(roomId, as)));
    const byGrant = new Map<string, number>();
    for (const grant of grants.map(driver.holderOf)) byGrant.set(grant, (byGrant.get(grant) ?? 0) + 1);
    expect([...byGrant.values()].sort((one, other) => one - other)).toEqual([5, 100]);

    const last = others.at(-1) ?? owner;
    const document = 'subscription($grant: String!) { messageAdded(grant: $grant) { number } }';
    await using stays = await domain.subscribe(document, { grant: grants[0] });
    await using ends = await domain.subscribe(document, { grant: grants.at(-1) });
    await driver.call('leaveRoom', { roomId }, last);
    await driver.say(owner, roomId);
    await until(() => stays.received.length === 1 && ends.ended, 'the message, and the end');
    expect(ends.received.map(({ data }) => data)).toEqual([undefined]);
    expect(driver.holderOf(await driver.grant(roomId, owner))).toBe(driver.holderOf(grants[0] ?? ''));

    // She comes back: into a place that is free, and her old grant opens nothing.
    await driver.know(last);
    await driver.call('inviteToRoom', { roomId, memberIds: [last.id] }, owner);
    await driver.call('acceptRoomInvitation', { roomId }, last);
    const refused = await domain.subscribe(document, { grant: grants.at(-1) });
    expect(refused.received[0]?.errors?.[0]?.extensions?.code).toBe('GRANT_ENDED');
    expect(driver.holderOf(await driver.grant(roomId, last))).toBe(
      driver.holderOf(await driver.grant(roomId, others[102] ?? owner)),
    );
  });
});

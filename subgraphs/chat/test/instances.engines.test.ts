import { startRedis } from '@community/engines/redis';
import { engineOrReason } from '@community/engines/testing';
import { startDomain, type TestDomain, type TestInstance } from '@community/testing/domain';
import type { LiveStream } from '@community/testing/live-stream';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { type ChatDriver, createChatDriver } from './chat-driver.ts';

const BY_GRANT = 'subscription($grant: String!) { messageAdded(grant: $grant) { number body } }';
const BY_ROOM = 'subscription($roomId: ID!) { messageAdded(roomId: $roomId, after: 0) { number body } }';

interface Added {
  messageAdded: { number: number; body: string };
}
const numbers = (stream: LiveStream<Added>) =>
  stream.received.flatMap(({ data }) => (data ? [data.messageAdded.number] : []));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const redis = await engineOrReason(startRedis);
if (typeof redis === 'string') it.skip(redis);
else
  describe('two instances on one Redis', () => {
    let domain: TestDomain;
    let other: TestInstance;
    let drivers: [ChatDriver, ChatDriver];
    beforeAll(async () => {
      domain = await startDomain(chat, { REDIS_URL: redis.url });
      other = await domain.another();
      drivers = [createChatDriver(domain), createChatDriver({ ...domain, query: other.query })];
    });
    afterAll(async () => {
      await other[Symbol.asyncDispose]();
      await domain[Symbol.asyncDispose]();
      await redis.stop();
    });

    async function sendFromBoth(roomId: string, members: Parameters<ChatDriver['say']>[0][], times: number) {
      await Promise.all(
        members.map(async (member, index) => {
          for (let time = 0; time < times; time += 1) await drivers[index % 2]?.say(member, roomId, `${index} ${time}`);
        }),
      );
    }

    it('deliver every message of both in one order, without gaps', async () => {
      const members = Array.from({ length: 6 }, () => domain.keys.member());
      const [owner = domain.keys.member(), ...others] = members;
      const roomId = await drivers[0].group(owner, ...others);
      await using here = await domain.subscribe<Added>(BY_ROOM, { roomId }, owner);
      await using there = await other.subscribe<Added>(BY_ROOM, { roomId }, owner);
      await sendFromBoth(roomId, members, 8);
      await until(() => numbers(here).length >= 48 && numbers(there).length >= 48, 'all messages');
      expect(numbers(here)).toEqual(upTo(48));
      expect(there.received).toEqual(here.received);
    });

    it('make one message of a key that is sent to both', async () => {
      const owner = domain.keys.member();
      const roomId = await drivers[0].group(owner);
      const input = { roomId, body: 'once', clientMutationId: 'key' };
      const sent = await Promise.all([0, 1, 0, 1].map((index) => drivers[index]?.call('sendMessage', input, owner)));
      expect(new Set(sent.map((answer) => answer?.sent?.id)).size).toBe(1);
    });

    it.each(['removed', 'signed out', 'blocked'])(
      'end a stream in the one when its bearer is %s in the other, before the next message',
      async (how) => {
        const [owner, member] = [domain.keys.member(), domain.keys.member()];
        const roomId = await drivers[0].group(owner, member);
        const grant = await drivers[0].grant(roomId, member);
        await using here = await domain.subscribe<Added>(BY_GRANT, { grant });
        await using there = await other.subscribe<Added>(BY_GRANT, { grant });
        await drivers[1].say(owner, roomId, 'for her');
        await until(() => numbers(here).length === 1 && numbers(there).length === 1, 'the first message');
        if (how === 'removed') await drivers[1].call('removeRoomMember', { roomId, memberId: member.id }, owner);
        else if (how === 'blocked') await drivers[0].block(owner, member);
        else
          await drivers[0].tell('auth', 'session.revoked', member.sessionId, 1, {
            sessionId: member.sessionId,
            accountId: member.id,
            reason: 'SIGNED_OUT',
          });
        await drivers[0].say(owner, roomId, 'not for her');
        await until(() => here.ended && there.ended, 'both streams having ended');
        expect([...numbers(here), ...numbers(there)]).toEqual([1, 1]);
        expect((await other.subscribe(BY_GRANT, { grant })).received.at(-1)?.errors?.[0]?.extensions?.code).toBe(
          'GRANT_ENDED',
        );
      },
    );

    it('go on without Redis, from the database, and lose nothing', async () => {
      const members = [domain.keys.member(), domain.keys.member()];
      const [owner = domain.keys.member(), ...others] = members;
      const roomId = await drivers[0].group(owner, ...others);
      await using here = await domain.subscribe<Added>(BY_ROOM, { roomId }, owner);
      await using there = await other.subscribe<Added>(BY_ROOM, { roomId }, owner);
      await sendFromBoth(roomId, members, 3);
      await redis.kill();
      await sendFromBoth(roomId, members, 3);
      await until(() => numbers(here).length >= 12 && numbers(there).length >= 12, 'all messages', 60_000);
      await redis.restart();
      await sendFromBoth(roomId, members, 3);
      await until(() => numbers(here).length >= 18 && numbers(there).length >= 18, 'all messages', 60_000);
      expect(numbers(here)).toEqual(upTo(18));
      expect(numbers(there)).toEqual(upTo(18));
    });
  });

import { createInProcessEphemeral } from '@community/ephemeral/in-process/in-process-ephemeral';
import { createPool } from '@community/kit/database';
import { createLog } from '@community/kit/log';
import { startDomain, type TestDomain } from '@community/testing/domain';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { openDatabase } from '../src/database.ts';
import { startPresenceWatch } from '../src/modules/signal/presence-watch.ts';
import { presenceOf } from '../src/modules/signal/signal.service.ts';
import { createHubStore } from '../src/modules/stream/hub.store.ts';
import type { Presence } from '../src/modules/stream/live-event.ts';
import { createChatDriver } from './chat-driver.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(chat);
});
afterAll(() => domain[Symbol.asyncDispose]());

it('a member who gives no sign of life any more is told of once, and one who gives some is not', async () => {
  const driver = createChatDriver(domain);
  const [silent, lively] = [driver.member(), driver.member()];
  const roomId = await driver.group(silent, lively);
  const log = createLog('test', 'silent');
  const ephemeral = createInProcessEphemeral({ log });
  const pool = createPool(domain.env.DATABASE_URL_CHAT ?? '', 'presence');
  const { prisma } = openDatabase(pool, () => {});
  const told: Presence[] = [];
  for (const [{ id }, seconds] of [
    [silent, 1],
    [lively, 60],
  ] as const)
    await ephemeral.touch(presenceOf(roomId), id, seconds);
  const watch = startPresenceWatch({
    store: createHubStore(prisma),
    ephemeral,
    log,
    followed: () => [roomId],
    tell: (change) => told.push(change),
    everyMs: 50,
  });
  await until(() => told.length > 0, 'the silent one being told of');
  await ephemeral.leave(presenceOf(roomId), lively.id);
  await until(() => told.length > 1, 'the other one being told of');
  expect(told).toEqual([silent, lively].map(({ id: memberId }) => ({ roomId, memberId, present: false })));
  await watch.stop();
  await pool.end();
  await ephemeral.close();
});

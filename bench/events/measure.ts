import { setTimeout as pause } from 'node:timers/promises';
import type { EventBus } from '@community/events/bus';
import { startConsumer } from '@community/events/consumer';
import { defineEvents } from '@community/events/contract';
import { handler } from '@community/events/handler';
import { emit } from '@community/events/outbox';
import { startRelay } from '@community/events/relay';
import { unique } from '@community/events/testing';
import { until } from '@community/testing/wait';
import type pg from 'pg';
import { z } from 'zod';
import { cpuSecondsOf } from '../usage.ts';
import type { Databases } from './domain.ts';

const AGGREGATES = 200;
const EMITTERS = 8;
const PER_TRANSACTION = 50;
const WARM_UP = 200;
const quiet = { info() {}, warn() {}, error: console.error };
const payload = z.object({ n: z.number(), title: z.string() });

/** Like an event of the platform: some ids and a line of text. */
const newContract = () =>
  defineEvents(unique('bench'), { 'thing.changed': { version: 1, aggregate: 'thing', payload } });

function tell({ owner }: Databases, contract: ReturnType<typeof newContract>, numbers: readonly number[]) {
  return owner.transactions.run(async (tx) => {
    for (const n of numbers)
      await emit(owner.transactions.sql(tx), contract, {
        type: 'thing.changed',
        aggregateId: `thing-${n % AGGREGATES}`,
        aggregateVersion: n,
        payload: { n, title: 'What a member wrote in a line of some length, as titles have' },
      });
  });
}

function follow(databases: Databases, bus: EventBus, topic: string, received: (n: number) => void) {
  const { transactions } = databases.other;
  return startConsumer({
    bus,
    group: unique('group'),
    topics: [topic],
    transactions,
    handlers: {
      'thing.changed': handler<pg.PoolClient, typeof payload>({
        schema: payload,
        version: 1,
        mode: 'each',
        handle: async (_, event) => received(event.data.n),
      }),
    },
    log: quiet,
  });
}

/**
 * The delays from commit to consumer, in milliseconds, of events that are committed one by one at a steady rate, and the
 * CPU that all of it took: whoever commits, the databases and the broker included.
 */
export async function delays(
  databases: Databases,
  bus: EventBus,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<{ delays: number[]; cpuSeconds: number }> {
  const contract = newContract();
  const relay = startRelay({ pool: databases.owner.pool, bus, domain: contract.domain, log: quiet });
  const committed = new Map<number, number>();
  const received = new Map<number, number>();
  const consumer = await follow(databases, bus, contract.domain, (n) => void received.set(n, performance.now()));
  const send = async (n: number) => {
    await tell(databases, contract, [n]);
    committed.set(n, performance.now());
    relay.wake();
  };
  for (let n = 0; n < WARM_UP; n += 1) await send(n);
  await until(() => received.size === WARM_UP, 'the first events', 60_000);

  const total = WARM_UP + rate * seconds;
  const cpu = cpuSecondsOf(process.pid);
  const begin = performance.now();
  const sent: Promise<void>[] = [];
  for (let n = WARM_UP; n < total; ) {
    const due = WARM_UP + Math.floor(((performance.now() - begin) / 1000) * rate);
    for (; n < Math.min(due, total); n += 1) sent.push(send(n));
    await pause(2);
  }
  await Promise.all(sent);
  await until(() => received.size === total, 'all events', 60_000);
  const cpuSeconds = cpuSecondsOf(process.pid) - cpu;
  await Promise.all([consumer.stop(), relay.stop()]);
  const later = [...received].filter(([n]) => n >= WARM_UP);
  return { delays: later.map(([n, at]) => Math.max(0, at - (committed.get(n) ?? at))), cpuSeconds };
}

/** How many events a second outbox, relay and consumer do, each alone. */
export async function rates(databases: Databases, bus: EventBus, count: number) {
  const contract = newContract();
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await work();
    return count / ((performance.now() - begin) / 1000);
  };
  const outbox = await timed(() =>
    Promise.all(
      Array.from({ length: EMITTERS }, async (_, emitter) => {
        for (let n = emitter * PER_TRANSACTION; n < count; n += EMITTERS * PER_TRANSACTION)
          await tell(
            databases,
            contract,
            Array.from({ length: Math.min(PER_TRANSACTION, count - n) }, (_, i) => n + i),
          );
      }),
    ),
  );
  const relay = await timed(async () => {
    const running = startRelay({ pool: databases.owner.pool, bus, domain: contract.domain, log: quiet });
    await until(
      async () => (await databases.owner.pool.query('SELECT 1 FROM events.outbox LIMIT 1')).rowCount === 0,
      'an empty outbox',
      120_000,
    );
    await running.stop();
  });
  const seen = new Set<number>();
  let stop = async () => {};
  const consumer = await timed(async () => {
    const following = await follow(databases, bus, contract.domain, (n) => void seen.add(n));
    stop = () => following.stop();
    await until(() => seen.size === count, 'all events', 120_000);
  });
  await stop();
  return { outbox, relay, consumer };
}

import { createTestDatabase } from '@community/database/template';
import { until } from '@community/testing/wait';
import pg from 'pg';
import { expect, it } from 'vitest';
import { eventBatchContract } from '../batch-contract.ts';
import type { LogRecord } from '../bus.ts';
import { type BusHarness, busContract } from '../bus-contract.ts';
import { deadLetterTopic } from '../dead-letters.ts';
import { eventDeliveryContract } from '../delivery-contract.ts';
import { sweep } from '../retention.ts';
import { createDomain, quiet, unique } from '../testing.ts';
import { createEmbeddedBus } from './embedded-bus.ts';

async function start(): Promise<BusHarness & { url: string }> {
  const database = await createTestDatabase({
    name: 'log',
    migrations: [{ directory: 'packages/events/migrations-log', schema: 'log' }],
  });
  return {
    url: database.url,
    open: () => createEmbeddedBus({ url: database.url, log: quiet }),
    close: async () => database[Symbol.asyncDispose](),
  };
}

busContract('a log in PostgreSQL', start);
eventDeliveryContract('a log in PostgreSQL', start);
eventBatchContract('a log in PostgreSQL', start);

it('a reader never passes a record whose transaction commits late', async () => {
  const harness = await start();
  const bus = harness.open();
  const topic = unique('topic');
  const seen: LogRecord[] = [];
  const reading = await bus.subscribe({
    group: unique('group'),
    topics: [topic],
    handler: async (records) => void seen.push(...records),
  });
  await bus.append(topic, [{ key: 'k', value: { n: 0 } }]);
  await until(() => seen.length === 1);

  const slow = new pg.Client({ connectionString: harness.url });
  await slow.connect();
  await slow.query('BEGIN');
  const { rows } = await slow.query(
    'UPDATE log.partition SET next_offset = next_offset + 1 WHERE topic = $1 AND partition = $2 RETURNING next_offset - 1 AS at',
    [topic, seen[0]?.partition],
  );
  await slow.query(
    "INSERT INTO log.record (topic, partition, record_offset, key, value) VALUES ($1, $2, $3, 'k', '{\"n\":1}')",
    [topic, seen[0]?.partition, rows[0].at],
  );
  const fast = bus.append(topic, [{ key: 'k', value: { n: 2 } }]);
  await until(
    async () =>
      (
        await slow.query(
          "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
        )
      ).rows[0].waiting > 0,
    'the second append waiting',
  );
  await slow.query('COMMIT');
  await fast;
  await until(() => seen.length === 3);
  expect(seen.map((record) => (record.value as { n: number }).n)).toEqual([0, 1, 2]);
  await slow.end();
  await reading.stop();
  await bus.close();
  await harness.close();
});

it('a reader whose connection is cut goes on by itself, with nothing lost', async () => {
  const harness = await start();
  const bus = harness.open();
  const topic = unique('topic');
  const seen = new Set<number>();
  const reading = await bus.subscribe({
    group: unique('group'),
    topics: [topic],
    handler: async (records) => {
      for (const record of records) seen.add((record.value as { n: number }).n);
    },
  });
  const admin = new pg.Client({ connectionString: harness.url });
  await admin.connect();
  for (let round = 0; round < 3; round += 1) {
    await bus.append(topic, [{ key: 'k', value: { n: round } }]);
    await until(() => seen.has(round));
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'events group%'",
    );
  }
  await bus.append(topic, [{ key: 'k', value: { n: 3 } }]);
  await until(() => seen.size === 4);
  await admin.end();
  await reading.stop();
  await bus.close();
  await harness.close();
}, 60_000);

it('a sweep forgets events after a week and what tells of dead letters after a month', async () => {
  const harness = await start();
  const bus = harness.open();
  const domain = await createDomain();
  const name = unique('domain');
  for (const topic of [name, deadLetterTopic(name)]) await bus.append(topic, [{ key: 'k', value: {} }]);
  const sweepAfter = async (days: number) =>
    (await sweep(domain.pool, bus, name, new Date(Date.now() + days * 86_400_000))).records;
  expect([await sweepAfter(6), await sweepAfter(8), await sweepAfter(29), await sweepAfter(31)]).toEqual([0, 1, 0, 1]);
  await bus.close();
  await domain[Symbol.asyncDispose]();
  await harness.close();
});

import { createTestDatabase } from '@community/database/template';
import { until } from '@community/testing/wait';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from './database.ts';
import { createPipelinedReads } from './pipelined-reads.ts';

let pool: pg.Pool;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase({
    name: 'kit',
    migrations: [{ directory: 'packages/kit/migrations', schema: 'kit' }],
  });
  pool = createPool(database.url, 'pipelined-reads');
  close = async () => {
    await pool.end();
    await database[Symbol.asyncDispose]();
  };
});
afterAll(() => close());

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A statement that PostgreSQL prepares, and that fails for 0. */
const inverse = (read: ReturnType<typeof createPipelinedReads>, of: number) =>
  read({ name: 'inverse', text: 'SELECT 60 / $1::int AS value', values: [of] }).then(
    ({ rows }) => rows[0].value as number,
    (error: { code?: string }) => error.code,
  );

it('gives everybody her own rows or her own error, however many ask in a moment', async () => {
  const read = createPipelinedReads(pool);
  for (let times = 0; times < 3; times += 1)
    expect(await Promise.all(numbers(200).map((i) => inverse(read, i % 7)))).toEqual(
      numbers(200).map((i) => (i % 7 === 0 ? '22012' : Math.trunc(60 / (i % 7)))),
    );
});

it('gives its connections back, as they were', async () => {
  const read = createPipelinedReads(pool);
  await Promise.all(numbers(20).map((i) => inverse(read, i)));
  await until(() => Promise.resolve(pool.idleCount === pool.totalCount), 'all connections being idle', 5_000);
  const client = await pool.connect();
  await client.query('BEGIN');
  // One after the other in any case: what follows an error of a transaction is not sent before it is known.
  await expect(client.query('SELECT 1 / 0')).rejects.toThrow('division by zero');
  await client.query('ROLLBACK');
  client.release();
});

it('leaves connections to transactions, though reads never end', async () => {
  const read = createPipelinedReads(pool);
  let ended = false;
  const reading = Promise.all(
    numbers(20).map(async (i) => {
      while (!ended) await inverse(read, i + 1);
    }),
  );
  for (let times = 0; times < 10; times += 1) {
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query('COMMIT');
    client.release();
  }
  ended = true;
  await reading;
});

it('fails what was under way on a connection that breaks, and that alone', async () => {
  const read = createPipelinedReads(pool);
  const slow = numbers(3).map(() => read({ text: 'SELECT pg_sleep($1)', values: [30] }));
  const failed = Promise.allSettled(slow);
  await until(
    async () => {
      const { rows } = await pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database()",
      );
      return rows.length > 0;
    },
    'the sleepers being ended',
    10_000,
  );
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await Promise.all(numbers(5).map((i) => inverse(read, i + 1)))).toEqual([60, 30, 20, 15, 12]);
});

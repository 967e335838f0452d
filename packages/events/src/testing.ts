import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@community/database/template';
import pg from 'pg';
import { z } from 'zod';
import { defineEvents } from './contract.ts';
import type { Log } from './log.ts';
import type { Sql, Transactions } from './sql.ts';

/** A log that says nothing. */
export const quiet: Log = process.env.LOG_LEVEL ? console : { info() {}, warn() {}, error() {} };

/** Events of a domain that only tests know. */
export const testEvents = defineEvents('things', {
  'thing.changed': { version: 1, aggregate: 'thing', payload: z.object({ value: z.number() }) },
  'thing.snapshot': { version: 1, aggregate: 'thing', payload: z.object({ value: z.number() }) },
});

/** Transactions on a plain pool. */
export function poolTransactions(pool: pg.Pool): Transactions<pg.PoolClient> {
  return {
    async run(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    sql: (client): Sql => ({
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query(text, [...values])).rows as Row[],
    }),
  };
}

/** A domain's database with the events' tables, and a table `effect` for what handlers do. */
export async function createDomain() {
  const database = await createTestDatabase({
    name: 'domain',
    migrations: [{ directory: 'packages/events/migrations', schema: 'events' }],
  });
  const pool = new pg.Pool({ connectionString: database.url, max: 6 });
  pool.on('error', () => {});
  await pool.query(
    'CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, aggregate text, version int, value int)',
  );
  return {
    pool,
    transactions: poolTransactions(pool),
    async effects(aggregate: string): Promise<number[]> {
      const { rows } = await pool.query('SELECT value FROM effect WHERE aggregate = $1 ORDER BY id', [aggregate]);
      return rows.map((row) => row.value);
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type TestDomain = Awaited<ReturnType<typeof createDomain>>;

/** A name that no other test uses. */
export const unique = (name: string): string => `${name}-${randomUUID().slice(0, 8)}`;

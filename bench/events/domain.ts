import { randomUUID } from 'node:crypto';
import { applyMigrations } from '@community/database/migrate';
import { provisionDatabases } from '@community/database/provision';
import { startThrowAwayPostgres } from '@community/database/throw-away-postgres';
import { poolTransactions } from '@community/events/testing';
import pg from 'pg';

/** A domain that tells events, one that hears of them, and the embedded log: databases of their own on one server. */
export async function createDatabases() {
  const server = await startThrowAwayPostgres();
  const password = randomUUID();
  const urls = await provisionDatabases({
    superuserUrl: server.superuserUrl,
    domains: ['owner', 'other', 'events'],
    passwordFor: () => password,
  });
  await applyMigrations({ url: urls.events, directory: 'packages/events/migrations-log', schema: 'log' });
  const open = async (url: string) => {
    await applyMigrations({ url, directory: 'packages/events/migrations', schema: 'events' });
    const pool = new pg.Pool({ connectionString: url, max: 8 });
    pool.on('error', () => {});
    return { pool, transactions: poolTransactions(pool) };
  };
  const [owner, other] = await Promise.all([open(urls.owner), open(urls.other)]);
  return {
    owner,
    other,
    logUrl: urls.events,
    async close() {
      await Promise.all([owner.pool.end(), other.pool.end()]);
      await server[Symbol.asyncDispose]();
    },
  };
}

export type Databases = Awaited<ReturnType<typeof createDatabases>>;

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withClient } from './connection.ts';
import { runConcurrently, runsConcurrently } from './migrate-concurrently.ts';
import { type Migration, readMigrations } from './migration-files.ts';
import { StartError } from './start-error.ts';

/** Prisma's own number, so that its CLI and a starting process wait for each other. */
const PRISMA_ADVISORY_LOCK = 72_707_369;
const LOCK_WITHIN_MS = 60_000;
const LOCK_POLL_MS = 50;
/** How long a statement may wait for a table that others use, unless the migration sets its own. */
const DEFAULT_LOCK_TIMEOUT = '5s';

/** The table as Prisma's schema engine makes it. */
const HISTORY_TABLE = `(
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

export interface ApplyMigrationsOptions {
  /** Of the role that owns the database; a direct connection, not through a transaction pooler. */
  url: string;
  /** Holds `<name>/migration.sql` folders. */
  directory: string;
  /** Made when absent, first in the search path, and the home of the history table. */
  schema?: string;
}

/**
 * Applies the migrations that the database lacks, in order, each in a transaction of its own, and records them as Prisma
 * does, so that its tools agree. Processes that start at once wait for each other.
 * @returns the names of those applied now
 * @throws {StartError} when one fails (it leaves no trace, those before it stay), or was changed after it was applied
 */
export async function applyMigrations({
  url,
  directory,
  schema = 'public',
}: ApplyMigrationsOptions): Promise<string[]> {
  const migrations = readMigrations(directory);
  return withClient(url, async (client) => {
    await takeLock(client, directory);
    if (schema !== 'public') await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
    await client.query(`SET search_path TO ${pg.escapeIdentifier(schema)}, public`);
    const history = `${pg.escapeIdentifier(schema)}."_prisma_migrations"`;
    await client.query(`CREATE TABLE IF NOT EXISTS ${history} ${HISTORY_TABLE}`);
    const pending = withoutApplied(migrations, await readHistory(client, history), directory);
    for (const migration of pending) await apply(client, migration, history, directory);
    return pending.map(({ name }) => name);
  });
}

interface HistoryRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

async function readHistory(client: pg.Client, history: string): Promise<Map<string, HistoryRow>> {
  const { rows } = await client.query<HistoryRow>(
    `SELECT "migration_name", "checksum", "finished_at" FROM ${history} WHERE "rolled_back_at" IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

function withoutApplied(migrations: Migration[], history: Map<string, HistoryRow>, directory: string): Migration[] {
  return migrations.filter(({ name, checksum }) => {
    const row = history.get(name);
    if (!row) return true;
    if (!row.finished_at) {
      throw new StartError(
        `Migration ${name} of ${directory} was begun by Prisma and did not finish: repair the database and mark it with "prisma migrate resolve".`,
      );
    }
    if (row.checksum !== checksum) {
      throw new StartError(
        `Migration ${name} of ${directory} was changed after it was applied: restore the file and write a new migration for the change.`,
      );
    }
    return false;
  });
}

/** Asks again and again: a waiting statement would hold a snapshot, for which `CREATE INDEX CONCURRENTLY` would wait. */
async function takeLock(client: pg.Client, directory: string): Promise<void> {
  for (const deadline = Date.now() + LOCK_WITHIN_MS; ; await sleep(LOCK_POLL_MS)) {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      PRISMA_ADVISORY_LOCK,
    ]);
    if (rows[0]?.taken) return;
    if (Date.now() > deadline) {
      throw new StartError(
        `Another process has been migrating the database of ${directory} for a minute: wait for it, or end its connection, and start again.`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration, history: string, directory: string): Promise<void> {
  const { name, sql } = migration;
  try {
    if (runsConcurrently(sql)) {
      await runConcurrently(client, sql);
      await record(client, migration, history);
      return;
    }
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '${DEFAULT_LOCK_TIMEOUT}'`);
    await client.query(sql);
    await record(client, migration, history);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new StartError(
      `Migration ${name} of ${directory} failed and was rolled back (${error.message}): ${adviceFor(error)}`,
    );
  }
}

async function record(client: pg.Client, { name, checksum }: Migration, history: string): Promise<void> {
  await client.query(
    `INSERT INTO ${history} ("id", "checksum", "migration_name", "logs", "started_at", "finished_at", "applied_steps_count")
     VALUES ($1, $2, $3, '', now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

function adviceFor({ code }: pg.DatabaseError): string {
  const LOCK_NOT_AVAILABLE = '55P03';
  return code === LOCK_NOT_AVAILABLE
    ? 'a long transaction holds a table; start again when it has ended.'
    : 'correct the migration and start again.';
}

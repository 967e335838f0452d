import { createHash, createHmac, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { databaseUrl, withClient } from './connection.ts';
import { applyMigrations } from './migrate.ts';
import { readMigrations } from './migration-files.ts';
import { scramVerifier } from './scram.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** The role that owns test databases: no superuser, so that tests meet the rights that production has. */
const OWNER = 'test_owner';
const TEMPLATE_LOCK = 4_110_032;
const CLOSED_WITHIN_MS = 200;

export interface TestDatabaseOptions {
  /** Folders of migrations, in order, with the schema each one lives in (`public` unless told). */
  migrations: readonly { directory: string; schema?: string }[];
  /** Begins the database's name; for people who look at a server. */
  name?: string;
  /** Default: the server that vitest's global setup has started (`TEST_POSTGRES_URL`). */
  superuserUrl?: string;
}

export interface TestDatabase extends AsyncDisposable {
  /** Of the role that owns the database. */
  readonly url: string;
}

/**
 * A database for one test file: migrated, empty, its own. Migrations run once per content, into a template that is then
 * cloned. Dropped by `await using`, whoever is still connected.
 */
export async function createTestDatabase({
  migrations,
  name = 'test',
  superuserUrl = testServer(),
}: TestDatabaseOptions): Promise<TestDatabase> {
  const template = `template_${contentHash(migrations)}`;
  const database = `${name}_${randomBytes(6).toString('hex')}`;
  const owner = { name: OWNER, password: ownerPassword(superuserUrl) };
  await withClient(superuserUrl, async (client) => {
    if (!(await isFinished(client, template))) await makeTemplate(client, superuserUrl, template, owner, migrations);
    await client.query(
      `CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE ${escapeIdentifier(template)} OWNER ${OWNER}`,
    );
  });
  return {
    url: databaseUrl(superuserUrl, database, owner),
    async [Symbol.asyncDispose]() {
      await withClient(superuserUrl, async (client) => {
        await closing(client, database);
        await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
      });
    },
  };
}

/** Waits a moment for connections that are just being closed: one that is cut meanwhile is an error to its pool. */
async function closing(client: pg.Client, database: string): Promise<void> {
  for (const end = Date.now() + CLOSED_WITHIN_MS; Date.now() < end; await setTimeout(10)) {
    const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [database]);
    if (rowCount === 0) return;
  }
}

function testServer(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error("TEST_POSTGRES_URL is not set: vitest's globalSetup of @community/database sets it");
  return url;
}

/** The same in all workers, which share nothing but the server's URL. */
function ownerPassword(superuserUrl: string): string {
  return createHmac('sha256', new URL(superuserUrl).password).update(OWNER).digest('hex');
}

function contentHash(migrations: TestDatabaseOptions['migrations']): string {
  const content = migrations.map(({ directory, schema }) => [
    schema,
    readMigrations(directory).map(({ name, checksum }) => [name, checksum]),
  ]);
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}

async function isFinished(client: pg.Client, template: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
  return Boolean(rowCount);
}

async function makeTemplate(
  client: pg.Client,
  superuserUrl: string,
  template: string,
  owner: { name: string; password: string },
  migrations: TestDatabaseOptions['migrations'],
): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (await isFinished(client, template)) return;
    await ensureOwner(client, owner);
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(template)} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${escapeIdentifier(template)} OWNER ${OWNER}`);
    const url = databaseUrl(superuserUrl, template, owner);
    for (const { directory, schema } of migrations) await applyMigrations({ url, directory, schema });
    // Nobody may be connected to a template while it is cloned. The mark also says that it is complete.
    await client.query(`ALTER DATABASE ${escapeIdentifier(template)} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function ensureOwner(client: pg.Client, { name, password }: { name: string; password: string }): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (!rowCount)
    await client.query(
      `CREATE ROLE ${escapeIdentifier(name)} LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`,
    );
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@community/database/template';
import { generateCommunity, type Size } from '@community/import/generate/community';
import { until } from '@community/testing/wait';
import pg from 'pg';

const DOMAINS = ['auth', 'user', 'content'] as const;
/** What differs between two imports of the same files: when they ran, and ids of events. */
const BESIDES = "'id', 'time'";

/** The databases of the three domains, and the command that imports into them. */
export async function startImport() {
  const databases = await Promise.all(
    DOMAINS.map((name) =>
      createTestDatabase({
        name: `import_${name}`,
        migrations: [
          { directory: `prisma/${name}/migrations` },
          { directory: 'packages/events/migrations', schema: 'events' },
          { directory: 'packages/import/migrations', schema: 'import' },
        ],
      }),
    ),
  );
  const urls = Object.fromEntries(
    DOMAINS.map((name, index) => [`DATABASE_URL_${name.toUpperCase()}`, databases[index]?.url]),
  );
  const pools = new Map(
    DOMAINS.map((name, index) => [name, new pg.Pool({ connectionString: databases[index]?.url, max: 1 })]),
  );
  const query = async (domain: (typeof DOMAINS)[number], sql: string): Promise<Record<string, unknown>[]> =>
    (await pools.get(domain)?.query(sql))?.rows ?? [];

  return {
    query,
    /** A connection of its own, in a transaction that is rolled back unless it is committed. */
    async begin(domain: (typeof DOMAINS)[number]) {
      const client = new pg.Client({ connectionString: databases[DOMAINS.indexOf(domain)]?.url });
      await client.connect();
      await client.query('BEGIN');
      return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
    },
    /** How many bytes of their files all steps have taken. */
    async progress(): Promise<number> {
      const sums = DOMAINS.map((name) => query(name, 'SELECT sum(byte_offset)::float8 AS bytes FROM import.progress'));
      return (await Promise.all(sums)).reduce((sum, [row]) => sum + Number(row?.bytes ?? 0), 0);
    },
    /** Runs the command to its end, or kills it with all its processes when a moment has come. */
    async run(folder: string, { killedWhen, source }: { killedWhen?: () => Promise<boolean>; source?: string } = {}) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'packages/import/bin/import.ts', folder, ...(source ? ['--source', source] : [])],
        {
          env: { ...process.env, ...urls, VITEST: undefined, NODE_ENV: undefined },
          stdio: ['ignore', 'pipe', 'pipe'],
          detached: true,
        },
      );
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
      if (killedWhen) {
        await until(async () => child.exitCode !== null || killedWhen(), 'the moment of the kill', 120_000);
        if (child.exitCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
      }
      return { code: await closed, output };
    },
    /** What all tables hold, as a hash each; outboxes without the ids and times of their events. */
    async contents(): Promise<Record<string, string>> {
      const found: Record<string, string> = {};
      for (const domain of DOMAINS) {
        const tables = await query(
          domain,
          `SELECT table_schema, table_name FROM information_schema.tables
           WHERE table_schema IN ('public', 'import') AND table_name <> '_prisma_migrations' ORDER BY 1, 2`,
        );
        for (const { table_schema: schema, table_name: table } of tables) {
          const rows = await query(domain, `SELECT to_jsonb(t)::text AS row FROM "${schema}"."${table}" t ORDER BY 1`);
          found[`${domain}.${schema}.${table}`] = hash(rows);
        }
        const events = `SELECT (value - ARRAY[${BESIDES}])::text AS row FROM events.outbox ORDER BY key, (value->>'aggregateversion')::int, 1`;
        found[`${domain}.outbox`] = hash(await query(domain, events));
      }
      return found;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}

/**
 * Imports a folder twice, into databases of their own: once as it should go, and once killed at random moments of its way
 * and begun again. @returns what both hold then, and how often it was really killed
 */
export async function importWholeAndKilled(folder: string, kills: number, random: () => number) {
  await using whole = await startImport();
  await using killed = await startImport();
  const { code, output } = await whole.run(folder);
  if (code !== 0) throw new Error(`the import that nobody killed failed: ${output}`);
  const total = await whole.progress();
  // Not so late that it would be over before it is killed.
  const moments = Array.from({ length: kills }, () => 0.9 * random() * total).sort((a, b) => a - b);
  let done = 0;
  for (const moment of moments)
    if ((await killed.run(folder, { killedWhen: async () => (await killed.progress()) >= moment })).code !== 0)
      done += 1;
  const last = await killed.run(folder);
  return { kills: done, last, whole: await whole.contents(), killed: await killed.contents() };
}

function hash(rows: readonly Record<string, unknown>[]): string {
  const sum = createHash('sha256');
  for (const { row } of rows) sum.update(`${row}\n`);
  return `${rows.length} rows, ${sum.digest('hex').slice(0, 12)}`;
}

/** A folder of the import's format, deleted at the end. */
export function communityFolder(size: Size): Disposable & {
  readonly path: string;
  add(file: string, ...lines: string[]): void;
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'community-import-'));
  const files = new Map<string, string[]>();
  for (const { file, value } of generateCommunity(size)) {
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    lines.push(JSON.stringify(value));
  }
  const write = () => {
    mkdirSync(folder, { recursive: true });
    for (const [file, lines] of files) writeFileSync(path.join(folder, file), `${lines.join('\n')}\n`);
  };
  write();
  return {
    path: folder,
    add(file, ...lines) {
      files.set(file, [...(files.get(file) ?? []), ...lines]);
      write();
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

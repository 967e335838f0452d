import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withClient } from './connection.ts';
import { applyMigrations } from './migrate.ts';
import { StartError } from './start-error.ts';
import { createTestDatabase } from './template.ts';
import { temporaryFolder, writeMigrations } from './testing-folder.ts';

const FIRST = '20260101000000_post';
const SECOND = '20260102000000_title';

const rows = <Row extends object>(url: string, sql: string) =>
  withClient(url, async (client) => (await client.query<Row>(sql)).rows);

it('applies what is missing, in order, once', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, { [FIRST]: 'CREATE TABLE post (id int);' });
  expect(await applyMigrations({ url: database.url, directory })).toEqual([FIRST]);
  writeMigrations(folder.path, { [SECOND]: 'ALTER TABLE post ADD COLUMN title text; INSERT INTO post VALUES (1);' });
  expect(await applyMigrations({ url: database.url, directory })).toEqual([SECOND]);
  expect(await applyMigrations({ url: database.url, directory })).toEqual([]);
  expect(await rows(database.url, 'SELECT * FROM post')).toEqual([{ id: 1, title: null }]);
});

it('keeps a schema of its own apart, with its own history', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, { [FIRST]: 'CREATE TABLE outbox (id int);' });
  await applyMigrations({ url: database.url, directory, schema: 'events' });
  expect(
    await rows(
      database.url,
      "SELECT table_schema AS schema, table_name AS name FROM information_schema.tables WHERE table_schema IN ('public', 'events') ORDER BY 2",
    ),
  ).toEqual([
    { schema: 'events', name: '_prisma_migrations' },
    { schema: 'events', name: 'outbox' },
  ]);
});

it('lets processes that start at once wait for each other', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, {
    [FIRST]: 'CREATE TABLE post (id int);',
    [SECOND]: 'CREATE TABLE comment (id int);',
  });
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations({ url: database.url, directory })));
  expect(applied.flat().sort()).toEqual([FIRST, SECOND]);
});

it('undoes a failing migration whole, keeps those before it, and names it in one line', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, {
    [FIRST]: 'CREATE TABLE post (id int);',
    [SECOND]: 'CREATE TABLE half (id int); SELECT no_such_column;',
  });
  const failure = await applyMigrations({ url: database.url, directory }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect((failure as StartError).message).toMatch(
    /^Migration 20260102000000_title of .* was rolled back \(column "no_such_column" does not exist\): correct/,
  );
  expect(
    await rows(database.url, "SELECT to_regclass('post')::text AS post, to_regclass('half')::text AS half"),
  ).toEqual([{ post: 'post', half: null }]);

  writeMigrations(folder.path, { [SECOND]: 'CREATE TABLE half (id int);' });
  expect(await applyMigrations({ url: database.url, directory })).toEqual([SECOND]);
});

it('refuses a migration that was changed after it was applied, and one that Prisma left half done', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, { [FIRST]: 'CREATE TABLE post (id int);\n' });
  await applyMigrations({ url: database.url, directory });
  writeFileSync(join(directory, FIRST, 'migration.sql'), 'CREATE TABLE post (id int);\r\n');
  expect(await applyMigrations({ url: database.url, directory }), 'a checkout with other line ends').toEqual([]);

  writeMigrations(folder.path, { [FIRST]: 'CREATE TABLE post (id bigint);' });
  await expect(applyMigrations({ url: database.url, directory })).rejects.toThrow(
    /changed after it was applied: restore the file/,
  );
  await rows(database.url, 'UPDATE _prisma_migrations SET finished_at = NULL');
  await expect(applyMigrations({ url: database.url, directory })).rejects.toThrow(
    /did not finish: repair the database/,
  );
});

it('gives up on a table that others hold, and says so', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, {
    [FIRST]: 'CREATE TABLE post (id int);',
    [SECOND]: "SET LOCAL lock_timeout = '10ms'; ALTER TABLE post ADD COLUMN title text;",
  });
  await rows(database.url, 'CREATE TABLE post (id int)');
  writeMigrations(folder.path, { [FIRST]: 'SELECT 1;' });
  await withClient(database.url, async (reader) => {
    await reader.query('BEGIN; SELECT * FROM post');
    await expect(applyMigrations({ url: database.url, directory })).rejects.toThrow(
      /lock timeout.*a long transaction holds a table/,
    );
  });
});

it('builds an index concurrently, again where an attempt was cut short, while other processes wait their turn', async () => {
  using folder = temporaryFolder();
  await using database = await createTestDatabase({ migrations: [] });
  const directory = writeMigrations(folder.path, {
    [FIRST]: 'CREATE TABLE post (slug text);',
    [SECOND]: '-- for look-ups\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS post_slug ON post (slug);',
  });
  await rows(database.url, "CREATE TABLE post (slug text); INSERT INTO post VALUES ('a'), ('a')");
  writeMigrations(folder.path, { [FIRST]: 'SELECT 1;' });
  await expect(applyMigrations({ url: database.url, directory })).rejects.toThrow(/could not create unique index/);
  expect(await rows(database.url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'post_slug'::regclass")).toEqual([
    { indisvalid: false },
  ]);

  await rows(database.url, 'DELETE FROM post');
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations({ url: database.url, directory })));
  expect(applied.flat()).toEqual([SECOND]);
  expect(await rows(database.url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'post_slug'::regclass")).toEqual([
    { indisvalid: true },
  ]);
});

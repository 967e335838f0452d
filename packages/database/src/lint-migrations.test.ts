import { expect, it } from 'vitest';
import { lintMigration, lintMigrations } from './lint-migrations.ts';
import { temporaryFolder, writeMigrations } from './testing-folder.ts';

const TIMEOUT = "SET LOCAL lock_timeout = '2s';\n";
const messages = async (sql: string) => (await lintMigration(sql)).map(({ message }) => message);

it.each([
  [
    'CREATE TABLE post (id uuid PRIMARY KEY); CREATE INDEX post_id ON post (id); ALTER TABLE post ADD CONSTRAINT one UNIQUE (id);',
  ],
  ['CREATE TABLE app.post (id int); ALTER TABLE app.post ALTER id SET NOT NULL; UPDATE app.post SET id = 1;'],
  ['ALTER TABLE post ADD COLUMN title text;'],
  ["ALTER TABLE post ADD COLUMN title text NOT NULL DEFAULT 'none', ADD COLUMN at timestamptz DEFAULT now();"],
  ['ALTER TABLE post ALTER title DROP NOT NULL, ALTER title SET DEFAULT 1;'],
  ['ALTER TABLE post ADD CONSTRAINT positive CHECK (likes >= 0) NOT VALID;'],
  ['ALTER TABLE post VALIDATE CONSTRAINT positive;'],
  ['ALTER TABLE post ADD CONSTRAINT slug UNIQUE USING INDEX post_slug;'],
  ["ALTER TYPE state ADD VALUE 'GONE';"],
  ["UPDATE post SET title = '' WHERE title IS NULL;"],
  ['CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ DELETE FROM post; DROP TABLE post; SELECT 1 $$;'],
])('lets through %s', async (sql) => {
  expect(await messages(TIMEOUT + sql)).toEqual([]);
});

it.each([
  ['DROP TABLE post;', /drops a table/],
  ['DROP TYPE state;', /drops a type/],
  ['DROP INDEX post_id;', /drop the index CONCURRENTLY/],
  ['TRUNCATE post;', /removes all rows/],
  ['DELETE FROM post;', /in batches/],
  ['UPDATE post SET a = 1;', /in batches/],
  ['ALTER TABLE post RENAME TO article;', /renames a table/],
  ['ALTER TABLE post RENAME COLUMN a TO b;', /renames a column/],
  ["ALTER TYPE state RENAME VALUE 'A' TO 'B';", /renames a value/],
  ['ALTER TABLE post SET SCHEMA old;', /another schema/],
  ['ALTER TABLE post DROP COLUMN title;', /drops the column title/],
  ['ALTER TABLE post ALTER COLUMN title TYPE varchar(10);', /changes the type of title/],
  ['ALTER TABLE post ALTER COLUMN title SET NOT NULL;', /makes title NOT NULL/],
  ['ALTER TABLE post ALTER COLUMN title DROP DEFAULT;', /drops the default of title/],
  ['ALTER TABLE post DROP CONSTRAINT positive;', /drops the constraint positive/],
  ['ALTER TABLE post ADD COLUMN title text NOT NULL;', /adds title NOT NULL without a default/],
  [
    'ALTER TABLE post ADD COLUMN key uuid DEFAULT pg_catalog.gen_random_uuid();',
    /adds key with a value computed for each row/,
  ],
  ['ALTER TABLE post ADD COLUMN number bigserial;', /computed for each row/],
  ['ALTER TABLE post ADD COLUMN double int GENERATED ALWAYS AS (n * 2) STORED;', /computed for each row/],
  ['ALTER TABLE post ADD COLUMN slug text UNIQUE;', /USING INDEX/],
  ['ALTER TABLE post ADD COLUMN board int REFERENCES board;', /NOT VALID/],
  ['ALTER TABLE post ADD CONSTRAINT positive CHECK (likes >= 0);', /checks all rows for positive.*NOT VALID/],
  ['ALTER TABLE post ADD CONSTRAINT board FOREIGN KEY (board) REFERENCES board (id);', /NOT VALID/],
  ['ALTER TABLE post ADD PRIMARY KEY (id);', /USING INDEX/],
  ['CREATE INDEX post_id ON post (id);', /create it CONCURRENTLY/],
  ['CREATE TABLE other.post (id int); CREATE INDEX post_id ON post (id);', /create it CONCURRENTLY/],
  ['REINDEX TABLE post;', /reindex CONCURRENTLY/],
  ['LOCK TABLE post;', /locks a table/],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE post'; END $$;", /DO block/],
])('refuses %s, unless the file says that it is the contract step', async (sql, message) => {
  expect(await messages(TIMEOUT + sql)).toEqual([expect.stringMatching(message)]);
  expect(await messages(`-- contract: nobody has read it since version 3\n${TIMEOUT}${sql}`)).toEqual([]);
  expect(await messages(`-- contract:\n${TIMEOUT}${sql}`)).toHaveLength(1);
});

it('wants a lock time-out first, one transaction, and CONCURRENTLY alone, contract or not', async () => {
  expect(await messages('-- contract: gone\nDROP TABLE post;')).toEqual([
    expect.stringContaining("begin with SET LOCAL lock_timeout = '2s'"),
  ]);
  expect(await messages('SET lock_timeout = 1000; CREATE TABLE post (id int);')).toHaveLength(1);
  expect(await messages('SET LOCAL lock_timeout = 0; CREATE TABLE post (id int);')).toHaveLength(1);
  expect(await messages(`${TIMEOUT}BEGIN; CREATE TABLE post (id int); COMMIT;`)).toHaveLength(2);
  expect(await messages('-- why\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS post_slug ON post (slug);')).toEqual(
    [],
  );
  expect(await messages('DROP INDEX CONCURRENTLY IF EXISTS post_slug;')).toEqual([]);
  expect(await messages('DROP INDEX CONCURRENTLY post_slug;')).toEqual([expect.stringContaining('may be begun twice')]);
  expect(await messages(`${TIMEOUT}CREATE INDEX CONCURRENTLY post_slug ON post (slug);`)).toEqual([
    expect.stringContaining('only statement'),
  ]);
});

it('says where', async () => {
  const sql = `${TIMEOUT}\n-- 제목은 한 줄\nCREATE TABLE "글" (id int);\n/* later */\nDROP TABLE post;\n`;
  expect(await lintMigration(sql)).toEqual([{ line: 6, message: expect.stringContaining('drops a table') }]);
  expect(await lintMigration('CREATE TABEL post;')).toEqual([
    { line: 1, message: expect.stringContaining('syntax error at or near "TABEL"') },
  ]);
});

it('names the migration, and wants names that sort', async () => {
  using folder = temporaryFolder();
  writeMigrations(folder.path, { '20260101000000_post': 'DROP TABLE post;', second: TIMEOUT });
  const findings = await lintMigrations(folder.path);
  expect(findings.map(({ migration, line }) => [migration, line])).toEqual([
    ['20260101000000_post', 1],
    ['20260101000000_post', 1],
    ['second', 1],
  ]);
});

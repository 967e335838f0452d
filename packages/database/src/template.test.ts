import { expect, inject, it } from 'vitest';
import { withClient } from './connection.ts';
import { createTestDatabase } from './template.ts';
import { temporaryFolder, writeMigrations } from './testing-folder.ts';

it('gives every caller a migrated, empty database of its own, from one template', async () => {
  using folder = temporaryFolder();
  const directory = writeMigrations(folder.path, { '1_post': 'CREATE TABLE post (id int);' });
  const create = () => createTestDatabase({ migrations: [{ directory }], name: 'own' });
  await using first = await create();
  await withClient(first.url, (client) => client.query('INSERT INTO post VALUES (1)'));
  const others = await Promise.all([create(), create(), create()]);
  for (const other of others) {
    expect(await withClient(other.url, async (client) => (await client.query('SELECT * FROM post')).rows)).toEqual([]);
    await other[Symbol.asyncDispose]();
  }
});

it('sees a changed migration', async () => {
  using folder = temporaryFolder();
  const directory = writeMigrations(folder.path, { '1_post': 'CREATE TABLE post (id int);' });
  await using _before = await createTestDatabase({ migrations: [{ directory, schema: 'app' }] });
  writeMigrations(folder.path, { '1_post': 'CREATE TABLE post (id bigint);' });
  await using after = await createTestDatabase({ migrations: [{ directory, schema: 'app' }] });
  const type = await withClient(after.url, (client) =>
    client.query('SELECT pg_typeof(id)::text FROM app.post RIGHT JOIN (SELECT) one ON true'),
  );
  expect(type.rows).toEqual([{ pg_typeof: 'bigint' }]);
});

it('drops the database while somebody is connected, and owns it with a role that is no superuser', async () => {
  const database = await createTestDatabase({ migrations: [], name: 'dropped' });
  const count = () =>
    withClient(
      inject('postgresUrl'),
      async (client) => (await client.query("SELECT FROM pg_database WHERE datname LIKE 'dropped_%'")).rowCount,
    );
  await withClient(database.url, async (client) => {
    const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = current_user');
    expect(rows).toEqual([{ rolsuper: false }]);
    expect(await count()).toBe(1);
    await database[Symbol.asyncDispose]();
  }).catch(() => {});
  expect(await count()).toBe(0);
});

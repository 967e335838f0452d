import { randomBytes } from 'node:crypto';
import { afterAll, expect, inject, it } from 'vitest';
import { withClient } from './connection.ts';
import { provisionDatabases } from './provision.ts';

const superuserUrl = inject('postgresUrl');
const suffix = randomBytes(4).toString('hex');
const user = `user-${suffix}`;
const content = `content-${suffix}`;

afterAll(() =>
  withClient(superuserUrl, async (client) => {
    for (const domain of [user, content]) {
      await client.query(`DROP DATABASE IF EXISTS "${domain}" WITH (FORCE)`);
      await client.query(`DROP ROLE IF EXISTS "${domain}"`);
    }
  }),
);

it("gives each domain a database that another domain's role cannot enter, again and again", async () => {
  const provision = (secret: string) =>
    provisionDatabases({ superuserUrl, domains: [user, content], passwordFor: (domain) => `${secret} of ${domain}` });
  const before = await provision('first');
  await withClient(before[user] ?? '', (client) => client.query('CREATE TABLE profile (id int)'));
  const urls = await provision('second');

  await withClient(urls[user] ?? '', (client) => client.query('SELECT * FROM profile'));
  await expect(withClient(before[user] ?? '', (client) => client.query('SELECT 1'))).rejects.toThrow('password');
  for (const database of [content, 'postgres', 'template1']) {
    const elsewhere = new URL(urls[user] ?? '');
    elsewhere.pathname = database;
    await expect(withClient(elsewhere.href, (client) => client.query('SELECT 1'))).rejects.toThrow(
      'permission denied for database',
    );
  }
});

it('puts no password into statements that the server remembers', async () => {
  await provisionDatabases({ superuserUrl, domains: [user], passwordFor: () => 'never-in-a-statement' });
  await withClient(superuserUrl, async (client) => {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    const { rows } = await client.query(
      "SELECT query FROM pg_stat_statements WHERE query ~ 'never-in' AND query !~ 'pg_stat'",
    );
    expect(rows).toEqual([]);
  });
});

import { createTestDatabase } from '@community/database/template';
import type { Sql } from '@prisma/client/runtime/client';
import { sqltag as sql } from '@prisma/client/runtime/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyOf, askedPages } from './asked-rows.ts';
import { newId } from './ids.ts';

const owners = Array.from({ length: 30 }, newId);
let client: pg.Client;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase({
    name: 'kit',
    migrations: [{ directory: 'packages/kit/migrations', schema: 'kit' }],
  });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  close = async () => {
    await client.end();
    await database[Symbol.asyncDispose]();
  };
  await client.query(
    'CREATE TEMP TABLE thing (id uuid PRIMARY KEY, owner_id uuid NOT NULL, created_at timestamptz NOT NULL)',
  );
  await client.query('CREATE INDEX thing_owner ON thing (owner_id, created_at, id)');
  await client.query(
    `INSERT INTO thing SELECT gen_random_uuid(), owner, timestamptz '2026-01-01Z' + place * interval '1 day'
     FROM unnest($1::uuid[]) AS owner CROSS JOIN generate_series(1, 100) AS place`,
    [owners],
  );
  await client.query('ANALYZE thing');
});
afterAll(() => close());

let names = 0;
/** Sends a statement so often that PostgreSQL has chosen. @returns its rows, and how often it was planned anew lately */
async function prepared<Row extends object>({ text, values }: Pick<Sql, 'text' | 'values'>) {
  names += 1;
  const name = `thing_${names}`;
  const planned = async () =>
    (await client.query('SELECT custom_plans FROM pg_prepared_statements WHERE name = $1', [name])).rows[0]
      .custom_plans;
  for (let times = 0; times < 6; times += 1) await client.query({ name, text, values: [...values] });
  const before = await planned();
  const { rows } = await client.query<Row>({ name, text, values: [...values] });
  return { rows, plannedAnew: Number(await planned()) - Number(before) };
}

const listsOf = (ids: readonly string[]) =>
  ids.map((ownerId, place) => ({
    ownerId,
    page: { first: 2, after: place === 1 ? ['2026-01-10T00:00:00.000Z', newId()] : null },
  }));

describe.each([1, 2, 9, 25])('of %i', (count) => {
  const asked = owners.slice(0, count);

  it('things by id are read by a plan that is kept', async () => {
    const ids = (await client.query<{ id: string }>('SELECT id FROM thing LIMIT $1', [count])).rows.map(({ id }) => id);
    const read = await prepared<{ id: string }>(sql`SELECT id FROM thing WHERE id = ANY(${anyOf(ids)}::uuid[])`);
    expect(read.rows.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(read.plannedAnew).toBe(0);
  });

  it('pages are read by a plan that is kept, each after its own position', async () => {
    const read = await prepared<{ list: string; day: number }>(sql`
      SELECT asked.list, page.day FROM ${askedPages(listsOf(asked), 'uuid')}
      CROSS JOIN LATERAL (
        SELECT extract(day FROM created_at AT TIME ZONE 'UTC')::int AS day FROM thing
        WHERE owner_id = asked.owner
          AND (asked.after_time IS NULL OR (created_at, id) > (asked.after_time, asked.after_id))
        ORDER BY created_at, id LIMIT 2
      ) AS page ORDER BY asked.list, page.day`);
    const days = (place: number) => (place === 1 ? expect.arrayContaining([11]) : [2, 3]);
    for (const place of asked.keys())
      expect(read.rows.filter(({ list }) => Number(list) === place + 1).map(({ day }) => day)).toEqual(days(place));
    expect(read.rows).toHaveLength(2 * count);
    expect(read.plannedAnew).toBe(0);
  });
});

it('asks for nothing where nothing is asked for', () => {
  expect(anyOf([])).toEqual([]);
});

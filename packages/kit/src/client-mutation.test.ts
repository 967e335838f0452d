import { createTestDatabase } from '@community/database/template';
import type { Sql } from '@community/events/sql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetClientMutations, oncePerKey } from './client-mutation.ts';
import { newId } from './ids.ts';
import { invalid } from './problem.ts';

let pool: pg.Pool;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase({
    name: 'kit',
    migrations: [{ directory: 'packages/kit/migrations', schema: 'kit' }],
  });
  pool = new pg.Pool({ connectionString: database.url, max: 10 });
  close = async () => {
    await pool.end();
    await database[Symbol.asyncDispose]();
  };
});
afterAll(() => close());

/** Runs work in a transaction that is rolled back when it throws. */
async function transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const sql: Sql = { query: async (text, values) => (await client.query(text, values as unknown[])).rows };
  try {
    await client.query('BEGIN');
    const result = await work(sql);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

function counter() {
  const made: string[] = [];
  const create = (request: { actor: string; key: string | null; input: object; operation?: string }) =>
    transaction((sql) =>
      oncePerKey<{ id: string }>(
        sql,
        { operation: 'createPost', ...request },
        async () => {
          const id = newId();
          made.push(id);
          return { result: { id }, remember: { id } };
        },
        async (remembered) => ({ id: String(remembered.id) }),
      ),
    );
  return { made, create };
}

describe("a mutation with the client's key", () => {
  it('has one effect however often it is sent, and always the same answer', async () => {
    const { made, create } = counter();
    const request = { actor: newId(), key: 'k1', input: { title: 'Hello', tags: ['a'] } };
    const answers = [
      await create(request),
      await create(request),
      await create({ ...request, input: { tags: ['a'], title: 'Hello' } }),
    ];
    expect(made).toHaveLength(1);
    expect(new Set(answers.map((answer) => 'id' in answer && answer.id))).toEqual(new Set(made));
  });

  it('sent twice at once has one effect too', async () => {
    const { made, create } = counter();
    const request = { actor: newId(), key: 'k1', input: { title: 'Hello' } };
    const answers = await Promise.all(Array.from({ length: 6 }, () => create(request)));
    expect(made).toHaveLength(1);
    for (const answer of answers) expect(answer).toEqual({ id: made[0] });
  });

  it('is a conflict with other content or for another mutation, and nobody else is concerned', async () => {
    const { made, create } = counter();
    const request = { actor: newId(), key: 'k1', input: { title: 'Hello' } };
    await create(request);
    expect(await create({ ...request, input: { title: 'Other' } })).toMatchObject({
      code: 'CLIENT_MUTATION_ID_REUSED',
    });
    expect(await create({ ...request, operation: 'createComment' })).toMatchObject({
      code: 'CLIENT_MUTATION_ID_REUSED',
    });
    expect(await create({ ...request, actor: newId() })).toHaveProperty('id');
    expect(await create({ ...request, key: 'x'.repeat(101) })).toMatchObject({ code: 'CLIENT_MUTATION_ID_REUSED' });
    expect(made).toHaveLength(2);
  });

  it('may be tried again after a problem or a failure', async () => {
    const { made, create } = counter();
    const request = { actor: newId(), key: 'k1', operation: 'createPost', input: { title: 'Hello' } };
    const problem = await transaction((sql) =>
      oncePerKey<object>(
        sql,
        request,
        async () => invalid('No title.', ['input']),
        async () => ({}),
      ),
    );
    expect(problem).toMatchObject({ code: 'INVALID' });
    const failure = transaction((sql) =>
      oncePerKey<object>(
        sql,
        request,
        () => Promise.reject(new Error('gone')),
        async () => ({}),
      ),
    );
    await expect(failure).rejects.toThrow('gone');
    await create(request);
    expect(made).toHaveLength(1);
  });

  it('is forgotten after a day', async () => {
    const { made, create } = counter();
    const request = { actor: newId(), key: 'k1', input: {} };
    await create(request);
    await pool.query("UPDATE kit.client_mutation SET created_at = now() - interval '25 hours' WHERE actor = $1", [
      request.actor,
    ]);
    expect(await transaction((sql) => forgetClientMutations(sql))).toBeGreaterThanOrEqual(1);
    await create(request);
    expect(made).toHaveLength(2);
  });

  it('without a key is simply done each time', async () => {
    const { made, create } = counter();
    await create({ actor: newId(), key: null, input: {} });
    await create({ actor: newId(), key: null, input: {} });
    expect(made).toHaveLength(2);
  });
});

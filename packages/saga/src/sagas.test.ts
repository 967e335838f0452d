import { createTestDatabase, type TestDatabase } from '@community/database/template';
import { poolTransactions, quiet } from '@community/events/testing';
import { newId } from '@community/events/uuid';
import { startJobs } from '@community/jobs/start-jobs';
import { until } from '@community/testing/wait';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSagas } from './saga.store.ts';
import type { SagaDefinition } from './saga.ts';
import { createSagas } from './sagas.ts';

type Tx = pg.PoolClient;

let database: TestDatabase;
let pool: pg.Pool;
let jobsPool: pg.Pool;
let jobs: { stop(): Promise<void> };
const log: string[] = [];
const note = (sagaId: string, what: string) => void log.push(`${sagaId} ${what}`);
const noted = (sagaId: string) => log.filter((line) => line.startsWith(sagaId)).map((line) => line.slice(37));

/** A journey: booked, then paid and insured, then packed when its time comes. */
const journey: SagaDefinition<Tx> = {
  kind: 'journey',
  steps: ({ data }) => [
    { name: 'book', compensate: async (_, saga, reason) => note(saga.id, `unbook ${reason}`) },
    {
      name: 'pay',
      after: ['book'],
      ask: async (_, saga, attempt) => note(saga.id, `pay ${attempt}`),
      compensate: async (_, saga) => note(saga.id, 'refund'),
    },
    {
      name: 'insure',
      after: ['book'],
      optional: true,
      givenUpAfterMs: Number(data.patienceMs ?? 3_600_000),
      ask: async (_, saga, attempt) => note(saga.id, `insure ${attempt}`),
    },
    { name: 'pack', after: ['pay', 'insure'], dueAt: ({ createdAt }) => new Date(createdAt.getTime() + 500) },
  ],
};

beforeAll(async () => {
  database = await createTestDatabase({
    name: 'saga',
    migrations: [{ directory: 'packages/saga/migrations', schema: 'saga' }],
  });
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  jobsPool = new pg.Pool({ connectionString: database.url, max: 2 });
  jobs = await startJobs({ pool: jobsPool, tasks: sagas().tasks, log: quiet });
});
afterAll(async () => {
  await jobs.stop();
  await Promise.all([pool.end(), jobsPool.end()]);
  await database[Symbol.asyncDispose]();
});

const sagas = () => createSagas({ transactions: poolTransactions(pool), definitions: [journey] });
const run = <T>(work: (tx: Tx) => Promise<T>) => poolTransactions(pool).run(work);

async function begin(data: Record<string, unknown> = {}): Promise<string> {
  const id = newId();
  await run((tx) => sagas().start(tx, { id, kind: 'journey', subject: id, data }, ['book']));
  return id;
}

async function look(id: string): Promise<Record<string, string | null>> {
  const [saga] = await run((tx) => findSagas(poolTransactions(pool).sql(tx), ['journey'], id));
  if (!saga) throw new Error(`there is no saga ${id}`);
  return {
    state: saga.state,
    reason: saga.reason,
    ...Object.fromEntries(
      saga.steps.map((step) => [step.name, step.reason ? `${step.state} ${step.reason}` : step.state]),
    ),
  };
}

const answer = (id: string, step: string, refused?: string) =>
  run((tx) => sagas().answer(tx, id, step, refused ? { refused } : { done: true, result: { step } }));

/** Lets the next reminder come now. Two statements, so that none waits for the saga's own with a row in hand. */
async function hurry(id: string): Promise<void> {
  await pool.query("UPDATE saga.step SET due_at = now() WHERE saga_id = $1 AND state = 'PENDING'", [id]);
  await pool.query("UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = 'saga:' || $1", [id]);
}

describe('a saga', () => {
  it('asks for what is ready, waits for what comes first and for time, and ends when all is done', async () => {
    const id = await begin();
    expect(noted(id)).toEqual(['pay 1', 'insure 1']);
    await answer(id, 'insure');
    expect(await look(id)).toMatchObject({ state: 'RUNNING', book: 'DONE', insure: 'DONE', pack: 'BLOCKED' });
    await answer(id, 'pay');
    await until(async () => (await look(id)).state === 'DONE');
    expect(noted(id)).toEqual(['pay 1', 'insure 1']);
  });

  it('is begun once, and takes each answer once, however often and however many at once', async () => {
    const id = await begin();
    await run((tx) => sagas().start(tx, { id, kind: 'journey', subject: id }, []));
    await Promise.all([answer(id, 'pay'), answer(id, 'pay', 'LATE'), answer(id, 'insure'), answer(id, 'insure')]);
    await until(async () => (await look(id)).state !== 'RUNNING');
    await answer(id, 'pay', 'TOO_LATE');
    const end = await look(id);
    expect([end.state, noted(id).filter((line) => line.startsWith('refund')).length]).toEqual(
      end.state === 'DONE' ? ['DONE', 0] : ['COMPENSATED', 0],
    );
  });

  it('asks again for a step that nobody answers, and says so', async () => {
    const id = await begin();
    await answer(id, 'insure');
    await hurry(id);
    await until(() => noted(id).includes('pay 2'));
    await until(async () => (await look(id)).pay === 'PENDING NO_ANSWER_YET');
    await hurry(id);
    await until(() => noted(id).includes('pay 3'));
    await answer(id, 'pay');
    await until(async () => (await look(id)).state === 'DONE');
  });

  it('undoes what was done, the last first, when a step is refused for good, and says why', async () => {
    const id = await begin();
    await answer(id, 'insure');
    await answer(id, 'pay', 'NO_MONEY');
    expect(await look(id)).toEqual({
      state: 'COMPENSATED',
      reason: 'NO_MONEY',
      book: 'COMPENSATED',
      pay: 'REFUSED NO_MONEY',
      insure: 'DONE',
      pack: 'DROPPED',
    });
    expect(noted(id)).toEqual(['pay 1', 'insure 1', 'unbook NO_MONEY']);
    const { rows } = await pool.query("SELECT FROM graphile_worker.jobs WHERE key = 'saga:' || $1", [id]);
    expect(rows).toEqual([]);
  });

  it('goes on without an optional step that is refused, or that nobody answers for too long', async () => {
    const refused = await begin();
    await answer(refused, 'insure', 'TOO_OLD');
    await answer(refused, 'pay');
    await until(async () => (await look(refused)).state === 'DONE');
    expect(await look(refused)).toMatchObject({ insure: 'REFUSED TOO_OLD' });

    const silent = await begin({ patienceMs: 1 });
    await answer(silent, 'pay');
    await hurry(silent);
    await until(async () => (await look(silent)).state === 'DONE');
    expect(await look(silent)).toMatchObject({ insure: 'REFUSED NO_ANSWER' });
  });

  it('can be cancelled while the named step waits, and not later', async () => {
    const id = await begin();
    expect(await run((tx) => sagas().cancel(tx, id, 'pay'))).toBe(true);
    expect(await look(id)).toMatchObject({ state: 'CANCELLED', pay: 'DROPPED' });
    expect(await run((tx) => sagas().cancel(tx, id, 'pay'))).toBe(false);
    const paid = await begin();
    await answer(paid, 'pay');
    expect(await run((tx) => sagas().cancel(tx, paid, 'pay'))).toBe(false);
  });

  it('never was when the transaction that began it is rolled back', async () => {
    const id = newId();
    await run(async (tx) => {
      await sagas().start(tx, { id, kind: 'journey', subject: id }, ['book']);
      throw new Error('changed my mind');
    }).catch(() => {});
    await expect(look(id)).rejects.toThrow('there is no saga');
  });
});

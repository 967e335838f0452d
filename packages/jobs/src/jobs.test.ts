import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@community/database/template';
import { poolTransactions, quiet, unique } from '@community/events/testing';
import { until } from '@community/testing/wait';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addJob, type JobOptions, removeJob } from './add-job.ts';
import { listJobs } from './job-list.ts';
import { startJobs } from './start-jobs.ts';
import type { Job, Tasks } from './task.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase({ name: 'jobs', migrations: [] });
  pool = new pg.Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => {});
  // Whoever starts first makes the schema.
  await (await startJobs({ pool, tasks: { none: async () => {} }, log: quiet })).stop();
});
afterAll(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

const name = () => unique('task');
const add = (task: string, payload: unknown, options?: JobOptions) =>
  poolTransactions(pool).run((tx) => addJob(poolTransactions(pool).sql(tx), task, payload, options));

/** An instance that works off tasks, with connections of its own, as a process has. */
async function work(tasks: Tasks, options: { cron?: Record<string, string> } = {}) {
  const own = new pg.Pool({ connectionString: database.url, max: 2 });
  own.on('error', () => {});
  const jobs = await startJobs({ pool: own, tasks, log: quiet, ...options });
  return {
    stop: () => jobs.stop(),
    async [Symbol.asyncDispose]() {
      await jobs.stop();
      await own.end();
    },
  };
}

async function jobsOf(task: string) {
  const sql = 'SELECT id, attempts, last_error, locked_by FROM graphile_worker.jobs WHERE task_identifier = $1';
  return (await pool.query(sql, [task])).rows;
}

describe('a job', () => {
  it('is done once its transaction is committed, and never when it is rolled back', async () => {
    const task = name();
    const done: unknown[] = [];
    await using _ = await work({ [task]: async (payload) => void done.push(payload) });
    const { run, sql } = poolTransactions(pool);
    await run(async (tx) => {
      await addJob(sql(tx), task, { n: 1 });
      throw new Error('changed my mind');
    }).catch(() => {});
    await run((tx) => addJob(sql(tx), task, { n: 2 }));
    await until(() => done.length > 0);
    await until(async () => (await jobsOf(task)).length === 0);
    expect(done).toEqual([{ n: 2 }]);
  });

  it('is done when its time comes, in the order of its queue, and one of the same key replaces one that waits', async () => {
    const task = name();
    const done: unknown[] = [];
    await using _ = await work({ [task]: async (payload) => void done.push(payload) });
    await add(task, 'replaced', { key: 'k', runAt: new Date(Date.now() + 3_600_000) });
    await add(task, 'late', { key: 'k', runAt: new Date(Date.now() + 1_500) });
    await add(task, 'taken back', { key: 'b', runAt: new Date(Date.now() + 1_500) });
    await poolTransactions(pool).run((tx) => removeJob(poolTransactions(pool).sql(tx), 'b'));
    for (const n of [1, 2, 3]) await add(task, n, { queue: task });
    await until(async () => (await jobsOf(task)).length === 0);
    expect(done).toEqual([1, 2, 3, 'late']);
  });

  it('that fails is tried again with a pause, and stays as dead with its error when no tries are left', async () => {
    const task = name();
    const attempts: Job[] = [];
    await using _ = await work({
      [task]: async (_payload, job) => {
        attempts.push(job);
        throw new Error('no luck');
      },
    });
    await add(task, {}, { maxAttempts: 2 });
    await until(() => attempts.length === 2);
    expect(attempts.map(({ attempt, maxAttempts }) => [attempt, maxAttempts])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    await until(async () => (await jobsOf(task))[0]?.locked_by === null);
    expect(await jobsOf(task)).toMatchObject([{ attempts: 2, last_error: 'no luck' }]);
  });
});

describe('a job that was given up', () => {
  it('is listed with its error, and done again when somebody asks for it', async () => {
    const task = name();
    const state = { broken: true, done: 0 };
    await using _ = await work({
      [task]: async () => {
        if (state.broken) throw new Error('the printer is on fire');
        state.done += 1;
      },
    });
    await add(task, { secret: 'contents' }, { maxAttempts: 1 });
    const listed = async () => (await listJobs(pool, { state: 'dead' })).filter((job) => job.task === task);
    const [job] = await until(async () => {
      const jobs = await listed();
      return jobs.length > 0 ? jobs : null;
    });
    expect(job).toMatchObject({ state: 'dead', attempts: '1/1', lastError: 'the printer is on fire' });
    expect(JSON.stringify(job)).not.toContain('contents');

    state.broken = false;
    const cli = (...args: string[]) =>
      promisify(execFile)('npx', ['tsx', 'packages/jobs/bin/jobs.ts', ...args], {
        env: { ...process.env, DATABASE_URL_HOUSE: database.url },
      });
    expect((await cli('list', '--domain', 'house', '--state', 'dead')).stdout).toContain('the printer is on fire');
    expect((await cli('retry', '--domain', 'house', job?.id ?? '')).stdout).toBe('1 will be done again\n');
    await until(() => state.done === 1);
    await expect(cli('retry', '--domain', 'nowhere')).rejects.toMatchObject({
      stderr: expect.stringContaining('set DATABASE_URL_NOWHERE'),
    });
  });
});

describe('two instances', () => {
  it('that start at the same moment on an empty database both start', async () => {
    await using fresh = await createTestDatabase({ name: 'jobs', migrations: [] });
    const pools = [1, 2, 3].map(() => new pg.Pool({ connectionString: fresh.url, max: 2 }));
    const started = await Promise.all(
      pools.map((own) => startJobs({ pool: own, tasks: { none: async () => {} }, log: quiet })),
    );
    await Promise.all(started.map((jobs) => jobs.stop()));
    await Promise.all(pools.map((own) => own.end()));
  });

  it('do each job once', async () => {
    const task = name();
    const done: number[] = [];
    const tasks: Tasks = { [task]: async (payload) => void done.push(payload as number) };
    await using _one = await work(tasks);
    await using _two = await work(tasks);
    await Promise.all(Array.from({ length: 40 }, (_, n) => add(task, n)));
    await until(async () => done.length >= 40 && (await jobsOf(task)).length === 0);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });
});

describe('a process that ends', () => {
  it('by being killed in the middle of a job leaves it to another within seconds', async () => {
    const task = name();
    const holder = spawn(
      process.execPath,
      ['--import', 'tsx', `${import.meta.dirname}/testing/hold-a-job.ts`, database.url, task],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await add(task, {});
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(await jobsOf(task)).toMatchObject([{ attempts: 1, locked_by: expect.any(String) }]);
    holder.kill('SIGKILL');

    const attempts: number[] = [];
    await using _ = await work({ [task]: async (_payload, { attempt }) => void attempts.push(attempt) });
    await until(() => attempts.length > 0);
    expect(attempts).toEqual([2]);
  });

  it('in order waits for its jobs, gives back those that take too long, and keeps within its time', async () => {
    const [short, long] = [name(), name()];
    const done: string[] = [];
    const begun: string[] = [];
    const stuck = new Promise<void>(() => {});
    await using one = await work({
      [short]: async () => {
        begun.push(short);
        await until(() => stopping !== undefined);
        done.push(short);
      },
      [long]: async () => {
        begun.push(long);
        await stuck;
      },
    });
    let stopping: Promise<void> | undefined;
    await add(short, {});
    await add(long, {});
    await until(() => begun.length === 2);
    const begin = performance.now();
    stopping = one.stop();
    await stopping;
    expect(performance.now() - begin).toBeLessThan(1_450);
    expect(done).toEqual([short]);
    expect(await jobsOf(long)).toMatchObject([{ locked_by: null, attempts: 1 }]);
  });
});

describe('a database that goes away', () => {
  it('is waited for: jobs go on when it is back', async () => {
    const task = name();
    const done: unknown[] = [];
    await using _ = await work({ [task]: async (payload) => void done.push(payload) });
    await add(task, 'before');
    await until(() => done.length === 1);
    await pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await until(async () => add(task, 'after').then(() => true));
    await until(() => done.includes('after'));
  });
});

describe('a task by the clock', () => {
  it('is asked for once, however many instances there are', async () => {
    const task = name();
    await using _one = await work({ [task]: async () => {} }, { cron: { [task]: '* * * * *' } });
    await using _two = await work({ [task]: async () => {} }, { cron: { [task]: '* * * * *' } });
    const sql = 'SELECT identifier FROM graphile_worker._private_known_crontabs WHERE identifier = $1';
    await until(async () => (await pool.query(sql, [task])).rowCount === 1);
  });
});

import type { Stoppable } from '@community/events/bus';
import type { Log } from '@community/events/log';
import { Wakeup } from '@community/events/wakeup';
import { runMigrations } from 'graphile-worker';
import type { Pool } from 'pg';
import { createReviver } from './liveness.ts';
import { jobsPresent } from './metrics.ts';
import type { Tasks } from './task.ts';
import { startWorker, type Worker } from './worker.ts';
import { workerLogger } from './worker-log.ts';

const LOOK_EVERY_MS = 2_000;
const RESTART_PAUSE_MS = 1_000;
/** Instances that start at once migrate one after the other; the number only has to differ from other locks'. */
const MIGRATION_LOCK = 7_310_003;

/** Makes or brings up to date the schema `graphile_worker`, which must be there before jobs are added. */
async function migrate(pool: Pool, log: Log): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runMigrations({ pgPool: pool, logger: workerLogger(log) });
  } finally {
    // The lock ends with the connection.
    client.release(true);
  }
}

async function count(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ due: number; dead: number }>(
    `SELECT count(*) FILTER (WHERE attempts < max_attempts AND run_at <= now() AND locked_at IS NULL)::int AS due,
            count(*) FILTER (WHERE attempts >= max_attempts AND locked_at IS NULL)::int AS dead
     FROM graphile_worker.jobs`,
  );
  jobsPresent.set({ state: 'due' }, rows[0]?.due ?? 0);
  jobsPresent.set({ state: 'dead' }, rows[0]?.dead ?? 0);
}

/**
 * Works off the jobs of a domain's database. A job that throws is tried again after 3, 7, 20, 55 seconds and so on up to
 * six hours; one of a process that died, within seconds by whoever is there.
 * @param options.pool a direct connection, no transaction pooler; one of its connections listens and is used up by that
 * @param options.cron when tasks are done by the clock (crontab's five fields, UTC), by the task's name; once, however
 *   many instances there are
 */
export async function startJobs(options: {
  pool: Pool;
  tasks: Tasks;
  cron?: Readonly<Record<string, string>>;
  log: Log;
}): Promise<Stoppable> {
  const { pool, tasks, cron = {}, log } = options;
  await migrate(pool, log);
  const revive = createReviver(pool);
  const wakeup = new Wakeup();
  const restart = new Wakeup();
  let stopped = false;
  let worker: Worker = await startWorker({ pool, tasks, cron, log });

  async function look(): Promise<void> {
    while (!stopped) {
      try {
        const gone = await revive();
        if (gone > 0) log.warn({ workers: gone }, 'jobs of workers that are gone were given back');
        await count(pool);
      } catch (error) {
        log.warn({ err: error }, 'jobs could not be looked at; trying again');
      }
      if (!stopped) await wakeup.wait(LOOK_EVERY_MS);
    }
  }

  async function keepWorking(): Promise<void> {
    for (;;) {
      await worker.ended;
      if (!stopped) await restart.wait(RESTART_PAUSE_MS);
      if (stopped) return;
      try {
        worker = await startWorker({ pool, tasks, cron, log });
        if (stopped) await worker.stop();
      } catch (error) {
        log.warn({ err: error }, 'jobs cannot be worked off; trying again');
      }
    }
  }

  const looking = look();
  const working = keepWorking();
  return {
    async stop() {
      stopped = true;
      wakeup.wake();
      restart.wake();
      await Promise.all([looking, worker.stop()]);
      await working;
    },
  };
}

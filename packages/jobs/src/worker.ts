import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@community/events/log';
import { parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import { giveBack, showAlive } from './liveness.ts';
import { jobDuration, jobsFinished } from './metrics.ts';
import type { Tasks } from './task.ts';
import { workerLogger } from './worker-log.ts';

/** Jobs that one process does at once. */
const CONCURRENCY = 2;
/** New jobs are told by NOTIFY; this is for those whose time comes. */
const POLL_MS = 1_000;
/** A stop waits so long for jobs to end before it gives them back; within a service's time to stop. */
const GRACE_MS = 700;
const GIVE_BACK_MS = 300;

export interface WorkerOptions {
  readonly pool: Pool;
  readonly tasks: Tasks;
  readonly cron: Readonly<Record<string, string>>;
  readonly log: Log;
}

export interface Worker {
  /** Resolves when it ended, whether stopped or broken. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function watch(events: WorkerEvents, log: Log): void {
  events.on('job:success', ({ job }) => jobsFinished.inc({ task: job.task_identifier, outcome: 'done' }));
  events.on('job:error', ({ job, error }) => {
    const dead = job.attempts >= job.max_attempts;
    const fields = { err: error, task: job.task_identifier, jobId: job.id, attempt: job.attempts };
    jobsFinished.inc({ task: job.task_identifier, outcome: dead ? 'dead' : 'failed' });
    if (dead) log.error(fields, 'a job was given up; npm run jobs -- retry does it again');
    else log.warn(fields, 'a job failed; it will be tried again');
  });
}

/** Announces workers as alive on the connection that they listen by, once that has begun to listen. */
function announce(events: WorkerEvents, workerIds: readonly string[], log: Log): void {
  events.on('pool:listen:success', ({ client }) => {
    client.once('drain', () => {
      showAlive(client, workerIds).catch((error: unknown) => log.warn({ err: error }, 'the listener for jobs broke'));
    });
  });
}

/** graphile-worker, told what this platform wants of it. */
export async function startWorker({ pool, tasks, cron, log }: WorkerOptions): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter();
  const workerIds: string[] = [];
  events.on('worker:create', ({ worker }) => workerIds.push(worker.workerId));
  watch(events, log);
  announce(events, workerIds, log);

  const runner = await run({
    pgPool: pool,
    events,
    logger: workerLogger(log),
    concurrency: CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        async (payload, { job }) => {
          const end = jobDuration.startTimer({ task: name });
          try {
            await task(payload, { id: String(job.id), attempt: job.attempts, maxAttempts: job.max_attempts });
          } finally {
            end();
          }
        },
      ]),
    ),
    parsedCronItems: parseCronItems(Object.entries(cron).map(([task, match]) => ({ task, match }))),
  });

  async function stopInTime(): Promise<void> {
    await Promise.race([runner.stop(), pause(GRACE_MS)]).catch(() => {});
    await Promise.race([giveBack(pool, workerIds), pause(GIVE_BACK_MS)]).catch((error: unknown) =>
      log.warn({ err: error }, 'jobs could not be given back; others will find them'),
    );
  }
  const { promise: ended, resolve: end } = deferred();
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopInTime().finally(end);
    return stopping;
  };
  // A worker that could not record what became of its job works no longer.
  events.on('worker:fatalError', () => void stop());
  void runner.promise.catch(() => {}).finally(stop);
  return { ended, stop };
}

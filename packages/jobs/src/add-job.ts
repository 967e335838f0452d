import type { Sql } from '@community/events/sql';

/** When, how often and beside what a job is done. */
export interface JobOptions {
  /** Not before; at once when absent. */
  readonly runAt?: Date;
  /** A job of the same key that has not begun is replaced. */
  readonly key?: string;
  /** How often it is tried, 25 times when absent: the pauses grow to six hours, so that is for days. */
  readonly maxAttempts?: number;
  /** Jobs of the same queue are done one after the other. */
  readonly queue?: string;
}

/** Adds a job in the caller's transaction: it is done when that is committed, and never was when it is rolled back. */
export async function addJob(sql: Sql, task: string, payload: unknown, options: JobOptions = {}): Promise<void> {
  await sql.query(
    `SELECT (graphile_worker.add_job($1, payload := $2::json, queue_name := $3, run_at := $4::timestamptz,
       max_attempts := $5::int, job_key := $6)).id::text`,
    [
      task,
      JSON.stringify(payload),
      options.queue ?? null,
      options.runAt?.toISOString() ?? null,
      options.maxAttempts ?? null,
      options.key ?? null,
    ],
  );
}

/** Takes back the job of a key, if it has not begun. */
export async function removeJob(sql: Sql, key: string): Promise<void> {
  await sql.query('SELECT (graphile_worker.remove_job($1)).id::text', [key]);
}

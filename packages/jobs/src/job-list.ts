import type { Pool } from 'pg';

/** A job as operators see it. Payloads are left out: ids at best, and nobody's business. */
export interface ListedJob {
  readonly id: string;
  readonly task: string;
  readonly state: 'waiting' | 'running' | 'retrying' | 'dead';
  readonly attempts: string;
  readonly runAt: Date;
  readonly lastError: string | null;
}

const STATE = `CASE WHEN locked_at IS NOT NULL THEN 'running' WHEN attempts >= max_attempts THEN 'dead'
  WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END`;

/** The jobs of a domain, those to be done next first. @param filter by state; all without one */
export async function listJobs(pool: Pool, filter: { state?: string | undefined } = {}): Promise<ListedJob[]> {
  const { rows: made } = await pool.query("SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS present");
  if (!made[0].present) return [];
  const { rows } = await pool.query<ListedJob>(
    `SELECT * FROM (
       SELECT id::text, task_identifier AS task, ${STATE} AS state, attempts || '/' || max_attempts AS attempts,
              run_at AS "runAt", left(last_error, 300) AS "lastError"
       FROM graphile_worker.jobs) AS job
     WHERE $1::text IS NULL OR state = $1 ORDER BY "runAt", id LIMIT 200`,
    [filter.state ?? null],
  );
  return rows;
}

/**
 * Has dead jobs done again from the first try.
 * @param id one of them; all without one
 * @returns how many
 */
export async function retryJobs(pool: Pool, id?: string): Promise<number> {
  const { rowCount } = await pool.query(
    `SELECT FROM graphile_worker.reschedule_jobs(
       (SELECT coalesce(array_agg(id), '{}') FROM graphile_worker.jobs
        WHERE attempts >= max_attempts AND locked_at IS NULL AND ($1::bigint IS NULL OR id = $1::bigint)),
       run_at := now(), attempts := 0)`,
    [id ?? null],
  );
  return rowCount ?? 0;
}

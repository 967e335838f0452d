import type { Pool, PoolClient } from 'pg';

/**
 * A worker holds an advisory lock of its name on the connection that it listens by, so the lock ends with the process,
 * however that ended. Both numbers make the lock's key; the first only has to differ from other locks' of two numbers.
 */
const NAMESPACE = 7_310_002;

/** Takes the locks by which others see that these workers live. */
export async function showAlive(client: PoolClient, workerIds: readonly string[]): Promise<void> {
  await client.query('SELECT pg_advisory_lock($1, hashtext(id)) FROM unnest($2::text[]) AS id', [NAMESPACE, workerIds]);
}

/** Gives back the jobs that these workers hold, as if they had not begun them. */
export async function giveBack(pool: Pool, workerIds: readonly string[]): Promise<void> {
  await pool.query('SELECT graphile_worker.force_unlock_workers($1::text[])', [workerIds]);
}

/**
 * Makes a function that gives back the jobs of workers that are gone; graphile-worker by itself would do so after four
 * hours. Who is gone in two calls running is gone: a worker that is just connecting, or connecting again, is not.
 * @returns a function that answers how many workers were gone
 */
export function createReviver(pool: Pool): () => Promise<number> {
  let suspects: readonly string[] = [];
  return async () => {
    const { rows } = await pool.query<{ id: string }>(
      `WITH holder AS MATERIALIZED (SELECT DISTINCT locked_by AS id FROM graphile_worker.jobs WHERE locked_by IS NOT NULL)
       SELECT id FROM holder WHERE pg_try_advisory_xact_lock($1, hashtext(id))`,
      [NAMESPACE],
    );
    const absent = rows.map(({ id }) => id);
    const gone = absent.filter((id) => suspects.includes(id));
    suspects = absent;
    if (gone.length > 0) await giveBack(pool, gone);
    return gone.length;
  };
}

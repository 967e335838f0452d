import type { Pool } from 'pg';

/** Any number; it stands for "who puts schemas in service". */
const LOCK = 5_261_004;

/**
 * Lets one launch at a time happen, in this process and in all others on the same database, in order of arrival.
 * The lock lives in the database's session: whoever dies loses it.
 */
export function createLane(pool: Pool) {
  let last: Promise<unknown> = Promise.resolve();

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    const connection = await pool.connect();
    let broken = false;
    try {
      // Others may compose for longer than a statement may otherwise take.
      await connection.query('SET statement_timeout = 0');
      await connection.query('SELECT pg_advisory_lock($1)', [LOCK]);
      return await work();
    } finally {
      await connection
        .query('SELECT pg_advisory_unlock($1)', [LOCK])
        .then(() => connection.query('RESET statement_timeout'))
        .catch(() => {
          broken = true;
        });
      connection.release(broken);
    }
  }

  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(() => locked(work));
    last = result.catch(() => {});
    return result;
  };
}

export type Lane = ReturnType<typeof createLane>;

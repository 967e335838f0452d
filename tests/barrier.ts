import { until } from '@community/testing/wait';
import pg from 'pg';

/** Locks a partition of the embedded log, by name of its topic: nobody appends to it meanwhile. */
export const partition = (topic: string): string => `SELECT FROM log.partition WHERE topic = '${topic}' FOR UPDATE`;

/** What is held up. */
export interface Barrier {
  /** Resolves when somebody waits there. */
  reached(): Promise<unknown>;
  open(): Promise<void>;
}

/**
 * Holds processes up at one statement, from outside: whoever needs what is locked waits there, and can be killed there.
 * So a test reaches every moment between two commits without any hook in what it tests.
 * @param lock a statement that takes the lock
 */
export async function hold(databaseUrl: string, lock: string): Promise<Barrier> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN');
  await client.query(lock);
  return {
    reached: () =>
      until(
        async () => {
          // A transaction sees the activity of others as it was when it first looked, unless it forgets that.
          await client.query('SELECT pg_stat_clear_snapshot()');
          const { rows } = await client.query(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
          );
          return rows.length > 0;
        },
        `somebody waiting for ${lock}`,
        60_000,
      ),
    async open() {
      await client.query('ROLLBACK').catch(() => {});
      await client.end().catch(() => {});
    },
  };
}

/** Barriers of a test file: one that a failed test left would hold up the tests behind it. */
export function createBarriers() {
  const held = new Set<Barrier>();
  return {
    async hold(databaseUrl: string, lock: string): Promise<Barrier> {
      const barrier = await hold(databaseUrl, lock);
      held.add(barrier);
      return barrier;
    },
    async openAll(): Promise<void> {
      for (const barrier of held) await barrier.open();
      held.clear();
    },
  };
}

import type { Pool } from 'pg';
import type { Stoppable } from './bus.ts';
import type { EventContract, EventDefinitions, NewEvent } from './contract.ts';
import type { Log } from './log.ts';
import { emit } from './outbox.ts';
import type { Transactions } from './sql.ts';
import { Wakeup } from './wakeup.ts';

const BATCH = 200;
const POLL_MS = 2_000;

/** A kind of aggregate that its owner can tell again. */
export interface SnapshotSource {
  readonly name: string;
  /** The contract that the events are of. */
  readonly events: EventContract<EventDefinitions>;
  /**
   * A page of aggregates in the order of their ids, each as an event with its present version.
   * @param after the id that the page before ended with; null at first
   */
  page(after: string | null, limit: number): Promise<readonly NewEvent<EventDefinitions>[]>;
}

interface Run {
  id: string;
  source: string;
  cursor: string | null;
}

/**
 * Works off the snapshot runs of a domain, batch by batch. A batch's events and the run's cursor are one transaction, so
 * a run that was killed goes on where it was; two instances at once do each batch once.
 */
export function startSnapshots<Tx>(options: {
  pool: Pool;
  transactions: Transactions<Tx>;
  sources: readonly SnapshotSource[];
  log: Log;
}): Stoppable {
  const { pool, transactions, log } = options;
  const sources = new Map(options.sources.map((source) => [source.name, source]));
  const wakeup = new Wakeup();
  let stopped = false;

  async function step(run: Run, source: SnapshotSource): Promise<void> {
    const page = await source.page(run.cursor, BATCH);
    await transactions.run(async (tx) => {
      const sql = transactions.sql(tx);
      const moved = await sql.query(
        `UPDATE events.snapshot_run SET cursor = coalesce($3, cursor), sent = sent + $4::int, finished_at = CASE WHEN $5 THEN now() END
         WHERE id = $1::bigint AND cursor IS NOT DISTINCT FROM $2 AND finished_at IS NULL RETURNING id`,
        [run.id, run.cursor, page.at(-1)?.aggregateId ?? null, page.length, page.length < BATCH],
      );
      // Another instance may have done this batch meanwhile.
      if (moved.length > 0) for (const event of page) await emit(sql, source.events, event);
    });
  }

  async function work(): Promise<void> {
    while (!stopped) {
      try {
        const { rows } = await pool.query<Run>(
          'SELECT id, source, cursor FROM events.snapshot_run WHERE finished_at IS NULL AND source = ANY($1) ORDER BY id LIMIT 1',
          [[...sources.keys()]],
        );
        const run = rows[0];
        const source = run && sources.get(run.source);
        if (source) {
          await step(run, source);
          continue;
        }
      } catch (error) {
        log.warn({ err: error }, 'a snapshot run does not get on; trying again');
      }
      if (!stopped) await wakeup.wait(POLL_MS);
    }
  }

  const working = work();
  return {
    async stop() {
      stopped = true;
      wakeup.wake();
      await working;
    },
  };
}

/** Asks a domain to tell its aggregates again. @returns the run's id */
export async function requestSnapshot(pool: Pool, source: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO events.snapshot_run (source) VALUES ($1) RETURNING id',
    [source],
  );
  return rows[0]?.id ?? '';
}

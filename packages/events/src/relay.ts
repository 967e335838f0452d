import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { EventBus, NewRecord } from './bus.ts';
import type { Log } from './log.ts';
import { outboxPending } from './metrics.ts';
import { Wakeup } from './wakeup.ts';

const BATCH = 500;
const POLL_MS = 1_000;
/**
 * Rounds do not follow each other more closely: the rows of many transactions cost as much to move as those of one, and
 * to be heard of by each group that reads them.
 */
const ROUND_MS = 25;
/** What was moved is taken away by the next round, or by one of its own when there is none for so long. */
const TAKEN_AWAY_MS = 200;
const MAX_PAUSE_MS = 5_000;
/** One relay per database is at work; the lock is the database's own, so the number only has to differ from others. */
const LEADER_LOCK = 7_310_001;

export interface Relay {
  /** Says that events may have been committed. */
  wake(): void;
  stop(): Promise<void>;
}

/** Takes away what was moved, and answers what is there besides. */
const NEXT = {
  name: 'next_events',
  text: `WITH moved AS (DELETE FROM events.outbox WHERE id = ANY($1::bigint[]))
     SELECT id, topic, key, value FROM events.outbox WHERE id <> ALL($1::bigint[]) ORDER BY id LIMIT $2`,
};

interface OutboxRow {
  id: string;
  topic: string;
  key: string;
  value: object;
}

/**
 * Moves committed events from the outbox to the log. Rows are read by what is there, not from a position on, so one
 * whose transaction commits late is found later; a row is deleted once it is appended, so a relay that dies in between
 * appends it twice, and consumers' inboxes see to one effect. One instance of a domain relays at a time; one that has
 * lost the lock in the middle of an append may repeat records late, which leaves the order of first occurrences as it is
 * (docs/decisions/0021).
 */
export function startRelay(options: { pool: Pool; bus: EventBus; domain: string; log: Log }): Relay {
  const { pool, bus, domain, log } = options;
  const wakeup = new Wakeup();
  const stopping = new AbortController();
  stopping.signal.addEventListener('abort', () => wakeup.wake(), { once: true });

  /** @param moved rows of the round before, which are in the log. @returns the ids of those that are now */
  async function move(client: PoolClient, moved: readonly string[]): Promise<string[]> {
    const { rows } = await client.query<OutboxRow>(NEXT, [moved, BATCH]);
    outboxPending.set({ domain }, rows.length);
    const byTopic = new Map<string, NewRecord[]>();
    for (const { topic, key, value } of rows) byTopic.set(topic, [...(byTopic.get(topic) ?? []), { key, value }]);
    for (const [topic, records] of byTopic) await bus.append(topic, records);
    return rows.map(({ id }) => id);
  }

  /** Leads until stopped or until the connection, and with it the lock, is lost. */
  async function lead(): Promise<void> {
    const client = await pool.connect();
    let failure: Error | undefined;
    const lost = (error: Error) => {
      failure = error;
    };
    client.on('error', lost);
    try {
      const { rows } = await client.query<{ leads: boolean }>('SELECT pg_try_advisory_lock($1) AS leads', [
        LEADER_LOCK,
      ]);
      // A row whose deletion a crash takes back is appended again, as after any death in between.
      await client.query('SET synchronous_commit = off');
      let moved: string[] = [];
      while (rows[0]?.leads && !stopping.signal.aborted && !failure) {
        const round = pause(ROUND_MS);
        moved = await move(client, moved);
        if (moved.length === BATCH || stopping.signal.aborted) continue;
        await wakeup.wait(moved.length > 0 ? TAKEN_AWAY_MS : POLL_MS);
        await round;
      }
      if (moved.length > 0) await client.query(NEXT, [moved, 0]);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      client.off('error', lost);
      if (!failure) await client.query('RESET synchronous_commit; SELECT pg_advisory_unlock_all()').catch(lost);
      client.release(failure);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await lead();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!stopping.signal.aborted) log.warn({ err: error, domain }, 'events could not be relayed; trying again');
      }
      if (!stopping.signal.aborted)
        await wakeup.wait(failures === 0 ? POLL_MS : Math.min(100 * 2 ** failures, MAX_PAUSE_MS));
    }
  }

  const running = run();
  return {
    wake: () => wakeup.wake(),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

import type { Pool } from 'pg';
import type { EventBus, Stoppable } from './bus.ts';
import type { Log } from './log.ts';
import { Wakeup } from './wakeup.ts';

/** How long records stay in the log. */
export const LOG_DAYS = 7;
/** A record cannot be delivered after it left the log; the inbox remembers a day longer. */
const INBOX_DAYS = LOG_DAYS + 1;
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** Deletes what a domain's log and inbox need no longer, in small batches. @returns how many rows went */
export async function sweep(
  pool: Pool,
  bus: EventBus,
  topic: string,
  now: Date = new Date(),
): Promise<{ records: number; inbox: number }> {
  const records = await bus.expire(topic, new Date(now.getTime() - LOG_DAYS * 86_400_000));
  let inbox = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM events.inbox WHERE (consumer_group, event_id) IN (
         SELECT consumer_group, event_id FROM events.inbox WHERE handled_at < $1 LIMIT ${BATCH}
       )`,
      [new Date(now.getTime() - INBOX_DAYS * 86_400_000)],
    );
    inbox += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return { records, inbox };
  }
}

/** Sweeps a domain's topic and inbox once an hour. */
export function startRetention(options: { pool: Pool; bus: EventBus; topic: string; log: Log }): Stoppable {
  const { pool, bus, topic, log } = options;
  const wakeup = new Wakeup();
  let stopped = false;
  async function run(): Promise<void> {
    // Instances that start together need not sweep together.
    await wakeup.wait(EVERY_MS * Math.random());
    while (!stopped) {
      try {
        log.info({ topic, ...(await sweep(pool, bus, topic)) }, 'old events were swept');
      } catch (error) {
        log.warn({ err: error, topic }, 'old events could not be swept');
      }
      if (!stopped) await wakeup.wait(EVERY_MS);
    }
  }
  const running = run();
  return {
    async stop() {
      stopped = true;
      wakeup.wake();
      await running;
    },
  };
}

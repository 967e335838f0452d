import type { Pool } from 'pg';
import type { EventBus, Stoppable } from './bus.ts';
import { DEAD_LETTER_SUFFIX, deadLetterTopic } from './dead-letters.ts';
import type { Log } from './log.ts';
import { Wakeup } from './wakeup.ts';

/** How long records stay in the log. */
const LOG_DAYS = 7;
/** What tells of dead letters is for people, who may be away for a while. */
const DEAD_LETTER_DAYS = 30;
/** A record cannot be delivered after it left the log; the inbox remembers a day longer. */
const INBOX_DAYS = LOG_DAYS + 1;
const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** How long a topic keeps its records, in milliseconds. */
export const retentionOf = (topic: string): number =>
  (topic.endsWith(DEAD_LETTER_SUFFIX) ? DEAD_LETTER_DAYS : LOG_DAYS) * DAY_MS;

/** Deletes what a domain's log, dead letters' topic and inbox need no longer, in small batches. @returns how many rows went */
export async function sweep(
  pool: Pool,
  bus: EventBus,
  domain: string,
  now: Date = new Date(),
): Promise<{ records: number; inbox: number }> {
  let records = 0;
  for (const topic of [domain, deadLetterTopic(domain)])
    records += await bus.expire(topic, new Date(now.getTime() - retentionOf(topic)));
  let inbox = 0;
  for (;;) {
    const { rowCount } = await pool.query(
      `DELETE FROM events.inbox WHERE (consumer_group, event_id) IN (
         SELECT consumer_group, event_id FROM events.inbox WHERE handled_at < $1 LIMIT ${BATCH}
       )`,
      [new Date(now.getTime() - INBOX_DAYS * DAY_MS)],
    );
    inbox += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return { records, inbox };
  }
}

/** Sweeps a domain's topics and inbox once an hour. */
export function startRetention(options: { pool: Pool; bus: EventBus; domain: string; log: Log }): Stoppable {
  const { pool, bus, domain, log } = options;
  const wakeup = new Wakeup();
  let stopped = false;
  async function run(): Promise<void> {
    // Instances that start together need not sweep together.
    await wakeup.wait(EVERY_MS * Math.random());
    while (!stopped) {
      try {
        log.info({ domain, ...(await sweep(pool, bus, domain)) }, 'old events were swept');
      } catch (error) {
        log.warn({ err: error, domain }, 'old events could not be swept');
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

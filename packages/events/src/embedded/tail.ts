import type { LogRecord, Stoppable } from '../bus.ts';
import type { Log } from '../log.ts';
import { Wakeup } from '../wakeup.ts';
import { inTurn, keepSession } from './connection.ts';
import type { Listener } from './listener.ts';
import { ensureTopic, offsetsSince, readRecords } from './records.ts';

/** The listener tells of what is new, so polling is only a second belt. */
const POLL_MS = 5_000;
/** Of each partition at once. */
const BATCH = 200;

/** Reads all of a topic from a time on, for this process alone; goes on where it was when the connection breaks. */
export function tail(options: {
  url: string;
  listener: Listener;
  topic: string;
  since: Date;
  handler: (record: LogRecord) => Promise<void>;
  log: Log;
}): Stoppable {
  const wakeup = new Wakeup();
  let next: Map<number, number> | undefined;
  const unfollow = options.listener.follow(options.topic, () => wakeup.wake());
  const kept = keepSession({
    url: options.url,
    name: `events tail ${options.topic}`,
    log: options.log,
    async session(client, signal) {
      const db = inTurn(client);
      signal.addEventListener('abort', () => wakeup.wake(), { once: true });
      await ensureTopic(db, options.topic);
      next ??= await offsetsSince(db, options.topic, options.since);
      while (!signal.aborted) {
        const from = [...next].map(([partition, offset]) => ({ topic: options.topic, partition, offset }));
        const records = await readRecords(db, from, BATCH, null);
        for (const record of records) {
          await options.handler(record);
          next.set(record.partition, record.offset + 1);
        }
        if (records.length < BATCH) await wakeup.wait(POLL_MS);
      }
    },
  });
  return {
    async stop() {
      unfollow();
      await kept.stop();
    },
  };
}

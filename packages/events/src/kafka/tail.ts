import { randomUUID } from 'node:crypto';
import type { LogRecord, Stoppable } from '../bus.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import { administer, type Connect } from './client.ts';
import { keepConsumer } from './consumer-session.ts';
import { Readers } from './readers.ts';
import { offsetsSince } from './topics.ts';

/**
 * Reads all of a topic from a time on, for this process alone: as the only member of a group of its own, which commits
 * nothing and which the broker forgets when it is left. Goes on where it was when a connection breaks.
 */
export function tail(options: {
  connect: Connect;
  topic: string;
  since: Date;
  handler: (record: LogRecord) => Promise<void>;
  log: Log;
}): Stoppable {
  const { connect, topic, handler, log } = options;
  let next: Map<number, number> | undefined;
  return keepConsumer({
    connect,
    group: `tail.${topic}.${randomUUID()}`,
    topics: [topic],
    log,
    async open() {
      next ??= await administer(connect, (admin) => offsetsSince(admin, topic, options.since));
      const positions = next;
      const readers = new Readers(async (records, signal) => {
        for (const record of records) {
          const handle = () => handler(record);
          if (!(await deliver({ handle, first: record, reader: { tail: topic }, log, signal }))) return false;
          positions.set(record.partition, record.offset + 1);
        }
        return true;
      });
      return {
        joined({ id, partitions, consumer }) {
          readers.assign(id, partitions);
          for (const { partition } of partitions) {
            const offset = positions.get(partition);
            if (offset !== undefined) consumer.seek({ topic, partition, offset: String(offset) });
          }
        },
        rebalancing: () => readers.hold(),
        batch: (payload) => readers.take(payload),
        ended: () => readers.end(),
      };
    },
  });
}

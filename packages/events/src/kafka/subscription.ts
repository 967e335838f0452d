import type { LogRecord, Stoppable } from '../bus.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import type { Connect } from './client.ts';
import { Commits } from './commits.ts';
import { keepConsumer } from './consumer-session.ts';
import { Readers } from './readers.ts';

/** A member of a consumer group. */
export function subscribe(options: {
  connect: Connect;
  group: string;
  topics: readonly string[];
  handler: (record: LogRecord) => Promise<void>;
  log: Log;
}): Stoppable {
  const { connect, group, topics, handler, log } = options;
  return keepConsumer({
    connect,
    group,
    topics,
    log,
    async open() {
      const readers = new Readers(async (record, signal) => {
        const handled = await deliver({ record, handler, reader: { group }, log, signal });
        commits.soon();
        return handled;
      });
      const commits = new Commits({ group, log, handled: () => readers.handled() });
      return {
        joined: ({ id, partitions }) => readers.assign(id, partitions),
        rebalancing: () => readers.hold(),
        batch(payload) {
          commits.use(payload.commitOffsetsIfNecessary);
          return readers.take(payload);
        },
        async ended() {
          await readers.end();
          await commits.finish();
        },
      };
    },
  });
}

import type { Offsets } from 'kafkajs';
import type { LogRecord, Stoppable } from '../bus.ts';
import { Commits, type Offset } from '../commits.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import type { Connect } from './client.ts';
import { keepConsumer } from './consumer-session.ts';
import { Readers } from './readers.ts';

/** Offsets as kafkajs wants them. */
function toOffsets(offsets: readonly Offset[]): Offsets {
  const byTopic = new Map<string, Offsets['topics'][number]['partitions']>();
  for (const { topic, partition, offset } of offsets)
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), { partition, offset: String(offset) }]);
  return { topics: [...byTopic].map(([topic, partitions]) => ({ topic, partitions })) };
}

/** A member of a consumer group. */
export function subscribe(options: {
  connect: Connect;
  group: string;
  topics: readonly string[];
  handler: (records: readonly LogRecord[]) => Promise<void>;
  log: Log;
}): Stoppable {
  const { connect, group, topics, handler, log } = options;
  return keepConsumer({
    connect,
    group,
    topics,
    log,
    async open() {
      const readers = new Readers(async (records, signal) => {
        const handle = () => handler(records);
        const handled = await deliver({ handle, first: records[0], reader: { group }, log, signal });
        commits.soon();
        return handled;
      });
      const commits = new Commits({ group, log, handled: () => readers.handled() });
      return {
        joined: ({ id, partitions }) => readers.assign(id, partitions),
        rebalancing() {
          readers.hold();
          // A partition that goes to another member is read there from what is committed.
          void commits.now();
        },
        batch(payload) {
          commits.use((offsets) => payload.commitOffsetsIfNecessary(toOffsets(offsets)));
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

import type { Admin } from 'kafkajs';
import { PARTITIONS } from '../bus.ts';
import { retentionOf } from '../retention.ts';

/** What the cluster's own configuration says. */
const BROKER_DEFAULT = -1;

/**
 * Makes a topic where it is missing. Its number of partitions never changes, as keys would move and lose their order;
 * replication is the cluster's own decision; records carry the broker's time, so that all of them share one clock.
 */
export async function ensureTopic(admin: Admin, topic: string): Promise<void> {
  if ((await admin.listTopics()).includes(topic)) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic,
        numPartitions: PARTITIONS,
        replicationFactor: BROKER_DEFAULT,
        configEntries: [
          { name: 'cleanup.policy', value: 'delete' },
          { name: 'retention.ms', value: String(retentionOf(topic)) },
          { name: 'message.timestamp.type', value: 'LogAppendTime' },
        ],
      },
    ],
  });
}

/** The offset of the first record at or after a time, by partition; the partition's end where there is none. */
export async function offsetsSince(admin: Admin, topic: string, since: Date): Promise<Map<number, number>> {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, since.getTime());
  return new Map(found.map(({ partition, offset }) => [partition, Number(offset)]));
}

/** The first offset that is kept and the one that comes next, by partition. */
export async function bounds(admin: Admin, topic: string): Promise<Map<number, { low: number; high: number }>> {
  const found = await admin.fetchTopicOffsets(topic);
  return new Map(found.map(({ partition, low, high }) => [partition, { low: Number(low), high: Number(high) }]));
}

/** Deletes all records before a time. @returns how many; none where there is no such topic */
export async function deleteBefore(admin: Admin, topic: string, time: Date): Promise<number> {
  if (!(await admin.listTopics()).includes(topic)) return 0;
  // kafkajs looks up the partitions' leaders in what it knows, and this is what it learns them by.
  const before = await bounds(admin, topic);
  const ends = await offsetsSince(admin, topic, time);
  const doomed = [...ends].filter(([partition, offset]) => offset > (before.get(partition)?.low ?? 0));
  if (doomed.length === 0) return 0;
  await admin.deleteTopicRecords({
    topic,
    partitions: doomed.map(([partition, offset]) => ({ partition, offset: String(offset) })),
  });
  return doomed.reduce((sum, [partition, offset]) => sum + offset - (before.get(partition)?.low ?? 0), 0);
}

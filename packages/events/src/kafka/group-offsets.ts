import { type Admin, AssignerProtocol } from 'kafkajs';
import type { Position } from '../bus.ts';
import { administer, type Connect } from './client.ts';
import { bounds, ensureTopic, offsetsSince } from './topics.ts';

/** Where a position is, by partition. */
async function offsetsOf(admin: Admin, topic: string, position: Position): Promise<Map<number, number>> {
  if (typeof position === 'object' && 'partition' in position) return new Map([[position.partition, position.offset]]);
  if (typeof position === 'object') return offsetsSince(admin, topic, position.since);
  const edge = position === 'earliest' ? 'low' : 'high';
  return new Map([...(await bounds(admin, topic))].map(([partition, ends]) => [partition, ends[edge]]));
}

/**
 * Moves a group, by joining it for a moment: kafkajs's own way to set offsets waits for a fetch of five seconds.
 * @throws Error when it has living members
 */
export async function moveGroup(connect: Connect, group: string, topic: string, position: Position): Promise<void> {
  const offsets = await administer(connect, async (admin) => {
    await ensureTopic(admin, topic);
    const { groups } = await admin.describeGroups([group]);
    if (groups.some(({ members }) => members.length > 0))
      throw new Error(`the group ${group} is at work: stop its members before it is moved`);
    return offsetsOf(admin, topic, position);
  });
  const consumer = connect().consumer({ groupId: group, maxWaitTimeInMs: 50 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic] });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: async () => {} });
    await consumer.commitOffsets(
      [...offsets].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })),
    );
  } finally {
    await consumer.disconnect();
  }
}

/** The topics that living members of a group read: one that is stuck on its first record has committed nothing. */
async function topicsOfMembers(admin: Admin, group: string): Promise<string[]> {
  const { groups } = await admin.describeGroups([group]);
  return groups.flatMap(({ members }) =>
    // A group that shares its partitions anew shows members of whom nothing is known yet.
    members.flatMap(({ memberMetadata }) =>
      memberMetadata.length > 0 ? (AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? []) : [],
    ),
  );
}

/** How many records of each topic a group has not handled; those of a partition it never committed count whole. */
export async function lagOf(admin: Admin, group: string): Promise<Record<string, number>> {
  const committed = await admin.fetchOffsets({ groupId: group });
  const topics = new Set([...committed.map(({ topic }) => topic), ...(await topicsOfMembers(admin, group))]);
  const lags = [...topics].map(async (topic) => {
    const known = new Map(
      committed
        .find((entry) => entry.topic === topic)
        ?.partitions.map(({ partition, offset }) => [partition, Number(offset)]),
    );
    let lag = 0;
    for (const [partition, { low, high }] of await bounds(admin, topic))
      lag += high - Math.max(known.get(partition) ?? low, low);
    return [topic, lag] as const;
  });
  return Object.fromEntries(await Promise.all(lags));
}

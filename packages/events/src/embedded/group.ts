import type { Offset } from '../commits.ts';
import type { Queryable, Statement } from './connection.ts';

const MEMBER_GONE_AFTER_MS = 5_000;

const LIVE: Statement = {
  name: 'living_members',
  text: `WITH alive AS (
       INSERT INTO log.group_member (consumer_group, member_id) VALUES ($1, $2)
       ON CONFLICT (consumer_group, member_id) DO UPDATE SET seen_at = now()
     ), gone AS (
       DELETE FROM log.group_member
       WHERE consumer_group = $1 AND member_id <> $2 AND seen_at < now() - make_interval(secs => $3)
       RETURNING member_id
     )
     SELECT $2::text AS member_id UNION SELECT member_id FROM log.group_member
     WHERE consumer_group = $1 AND member_id NOT IN (SELECT member_id FROM gone)`,
};

/** Says that a member of a group lives. @returns all that do */
export async function livingMembers(db: Queryable, group: string, memberId: string): Promise<string[]> {
  const { rows } = await db.query<{ member_id: string }>(LIVE, [group, memberId, MEMBER_GONE_AFTER_MS / 1000]);
  return rows.map((row) => row.member_id);
}

/** Where a group reads a partition on: the earliest record where it never read it. */
export async function startingOffset(db: Queryable, group: string, topic: string, partition: number): Promise<number> {
  const { rows } = await db.query<{ next_offset: string }>(
    `INSERT INTO log.group_offset (consumer_group, topic, partition, next_offset)
     VALUES ($1, $2, $3, coalesce((SELECT min(record_offset) FROM log.record WHERE topic = $2 AND partition = $3), (SELECT next_offset FROM log.partition WHERE topic = $2 AND partition = $3)))
     ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = log.group_offset.next_offset RETURNING next_offset`,
    [group, topic, partition],
  );
  return Number(rows[0]?.next_offset ?? 0);
}

const COMMIT: Statement = {
  name: 'commit_offsets',
  text: `UPDATE log.group_offset AS o SET next_offset = d.next_offset
     FROM unnest($2::text[], $3::int[], $4::bigint[]) AS d (topic, partition, next_offset),
       set_config('synchronous_commit', 'off', true)
     WHERE o.consumer_group = $1 AND o.topic = d.topic AND o.partition = d.partition`,
};

/** Notes how far a group has handled partitions. What a crash takes back of it is handled again, and inboxes see to one effect. */
export async function commitOffsets(db: Queryable, group: string, offsets: readonly Offset[]): Promise<void> {
  await db.query(COMMIT, [
    group,
    offsets.map(({ topic }) => topic),
    offsets.map(({ partition }) => partition),
    offsets.map(({ offset }) => offset),
  ]);
}

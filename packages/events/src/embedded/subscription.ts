import { randomUUID } from 'node:crypto';
import { type LogRecord, PARTITIONS, type Stoppable } from '../bus.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import { Wakeup } from '../wakeup.ts';
import { keepSession, type Queryable } from './connection.ts';
import { sharesOf } from './partitions.ts';
import { ensureTopic, readRecords } from './records.ts';

/** Notifications come on the session's own connection, so polling is only a second belt. */
const POLL_MS = 5_000;
const BATCH = 50;
const HEARTBEAT_MS = 1_000;
const MEMBER_GONE_AFTER_MS = 5_000;
/** The first half of the advisory locks by which a partition has one reader in a group. */
const LOCK_SPACE = 0x636f6d6d;

interface Assignment {
  readonly topic: string;
  readonly partition: number;
  readonly revoked: AbortController;
  readonly wakeup: Wakeup;
  readonly done: Promise<void>;
}

/**
 * A member of a consumer group. A partition is held by an advisory lock of the very session that commits its offsets:
 * a member that has lost its connection has lost its partitions too, and cannot commit any more.
 */
export function subscribe(options: {
  url: string;
  group: string;
  topics: readonly string[];
  handler: (record: LogRecord) => Promise<void>;
  log: Log;
}): Stoppable {
  const { group, log } = options;
  const memberId = randomUUID();
  const held = new Map<string, Assignment>();
  const tick = new Wakeup();
  const wakeAll = () => {
    tick.wake();
    for (const { wakeup } of held.values()) wakeup.wake();
  };

  /** Reads one partition until it is taken away. */
  async function read(
    db: Queryable,
    topic: string,
    partition: number,
    wakeup: Wakeup,
    signal: AbortSignal,
  ): Promise<void> {
    const { rows } = await db.query<{ next_offset: string }>(
      `INSERT INTO log.group_offset (consumer_group, topic, partition, next_offset)
       VALUES ($1, $2, $3, coalesce((SELECT min(record_offset) FROM log.record WHERE topic = $2 AND partition = $3), (SELECT next_offset FROM log.partition WHERE topic = $2 AND partition = $3)))
       ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = log.group_offset.next_offset RETURNING next_offset`,
      [group, topic, partition],
    );
    let next = Number(rows[0]?.next_offset ?? 0);
    while (!signal.aborted) {
      const records = await readRecords(db, topic, partition, next, BATCH);
      let handled = next;
      for (const record of records) {
        if (!(await deliver({ record, handler: options.handler, reader: { group }, log, signal }))) break;
        handled = record.offset + 1;
      }
      if (handled > next) {
        await db.query(
          'UPDATE log.group_offset SET next_offset = $4 WHERE consumer_group = $1 AND topic = $2 AND partition = $3',
          [group, topic, partition, handled],
        );
        next = handled;
      }
      if (records.length < BATCH && !signal.aborted) await wakeup.wait(POLL_MS);
    }
  }

  async function livingMembers(db: Queryable): Promise<string[]> {
    await db.query(
      'INSERT INTO log.group_member (consumer_group, member_id) VALUES ($1, $2) ON CONFLICT (consumer_group, member_id) DO UPDATE SET seen_at = now()',
      [group, memberId],
    );
    await db.query(
      'DELETE FROM log.group_member WHERE consumer_group = $1 AND seen_at < now() - make_interval(secs => $2)',
      [group, MEMBER_GONE_AFTER_MS / 1000],
    );
    const { rows } = await db.query<{ member_id: string }>(
      'SELECT member_id FROM log.group_member WHERE consumer_group = $1',
      [group],
    );
    return rows.map((row) => row.member_id);
  }

  const lockKey = (topic: string, partition: number) => `${group} ${topic} ${partition}`;

  async function release(db: Queryable, key: string): Promise<void> {
    const assignment = held.get(key);
    if (!assignment) return;
    assignment.revoked.abort();
    assignment.wakeup.wake();
    await assignment.done;
    held.delete(key);
    await db.query('SELECT pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, key]);
  }

  async function rebalance(db: Queryable, signal: AbortSignal): Promise<void> {
    const share = new Set(sharesOf(memberId, await livingMembers(db)));
    for (const topic of options.topics) {
      for (let partition = 0; partition < PARTITIONS && !signal.aborted; partition += 1) {
        const key = lockKey(topic, partition);
        if (!share.has(partition)) await release(db, key);
        else if (!held.has(key)) {
          const { rows } = await db.query<{ locked: boolean }>(
            'SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked',
            [LOCK_SPACE, key],
          );
          if (!rows[0]?.locked) continue;
          const revoked = new AbortController();
          const wakeup = new Wakeup();
          const done = read(db, topic, partition, wakeup, AbortSignal.any([signal, revoked.signal])).catch(
            (error: unknown) => {
              if (!signal.aborted) log.warn({ err: error, group, topic, partition }, 'reading a partition failed');
              // Let the next rebalance take it up again.
              revoked.abort();
            },
          );
          held.set(key, { topic, partition, revoked, wakeup, done });
        }
      }
    }
    for (const [key, assignment] of held) if (assignment.revoked.signal.aborted) await release(db, key);
  }

  return keepSession({
    url: options.url,
    name: `events ${group}`,
    log,
    onAppended(topic, partitions) {
      for (const partition of partitions) held.get(lockKey(topic, partition))?.wakeup.wake();
    },
    async session(db, signal) {
      signal.addEventListener('abort', wakeAll, { once: true });
      try {
        for (const topic of options.topics) await ensureTopic(db, topic);
        while (!signal.aborted) {
          await rebalance(db, signal);
          await tick.wait(HEARTBEAT_MS);
        }
      } finally {
        // Handlers that are at work finish first: what they did is committed, or done again by the next reader.
        wakeAll();
        await Promise.all([...held.values()].map(({ done }) => done));
        held.clear();
        await db
          .query('DELETE FROM log.group_member WHERE consumer_group = $1 AND member_id = $2', [group, memberId])
          .catch(() => {});
      }
    },
  });
}

import { randomUUID } from 'node:crypto';
import { type LogRecord, PARTITIONS, type Stoppable } from '../bus.ts';
import { Commits, type Offset } from '../commits.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import { PartitionReader } from '../partition-reader.ts';
import { Wakeup } from '../wakeup.ts';
import { keepSession, type Queryable } from './connection.ts';
import { commitOffsets, livingMembers, startingOffset } from './group.ts';
import { sharesOf } from './partitions.ts';
import { ensureTopic, readRecords } from './records.ts';

/** Notifications come on the session's own connection, so polling is only a second belt. */
const POLL_MS = 5_000;
/** Of each partition at once. */
const BATCH = 100;
const HEARTBEAT_MS = 1_000;
/** The first half of the advisory locks by which a partition has one reader in a group. */
const LOCK_SPACE = 0x636f6d6d;

interface Assignment {
  readonly reader: PartitionReader;
  /** Records may have come behind those that were read. */
  behind: boolean;
}

const keyOf = (topic: string, partition: number): string => `${topic} ${partition}`;

/**
 * A member of a consumer group. A partition is held by an advisory lock of the very session that commits its offsets:
 * a member that has lost its connection has lost its partitions too, and cannot commit any more.
 */
export function subscribe(options: {
  url: string;
  group: string;
  topics: readonly string[];
  handler: (records: readonly LogRecord[]) => Promise<void>;
  log: Log;
}): Stoppable {
  const { group, topics, handler, log } = options;
  const memberId = randomUUID();
  const held = new Map<string, Assignment>();
  const heartbeat = new Wakeup();
  const news = new Wakeup();

  const positions = (): Offset[] =>
    [...held.values()].flatMap(({ reader: { topic, partition, handled: offset } }) =>
      offset === undefined ? [] : [{ topic, partition, offset }],
    );

  /** Reads what is new in all partitions whose readers have nothing to do, by one statement. */
  async function read(db: Queryable, signal: AbortSignal): Promise<void> {
    for (let polled = Date.now(); !signal.aborted; ) {
      if (Date.now() - polled >= POLL_MS) {
        for (const assignment of held.values()) assignment.behind = true;
        polled = Date.now();
      }
      const ready = [...held.values()].filter(({ behind, reader }) => behind && !reader.busy);
      if (ready.length === 0) {
        await news.wait(POLL_MS);
        continue;
      }
      for (const assignment of ready) assignment.behind = false;
      const from = ready.map(({ reader: { topic, partition, next } }) => ({ topic, partition, offset: next }));
      const records = await readRecords(db, from, BATCH);
      for (const assignment of ready) {
        const { reader } = assignment;
        const some = records.filter(({ topic, partition }) => topic === reader.topic && partition === reader.partition);
        if (some.length === BATCH) assignment.behind = true;
        reader.accept(some);
        if (some.length > 0) void reader.idle.then(() => news.wake());
      }
    }
  }

  /** Takes partitions that are our share and gives up those that are not any more. */
  async function rebalance(db: Queryable, commits: Commits, signal: AbortSignal): Promise<void> {
    const share = new Set(sharesOf(memberId, await livingMembers(db, group, memberId)));
    for (const topic of topics) {
      for (let partition = 0; partition < PARTITIONS && !signal.aborted; partition += 1) {
        const key = keyOf(topic, partition);
        const lock = [LOCK_SPACE, `${group} ${key}`];
        const assignment = held.get(key);
        if (assignment && !share.has(partition)) {
          assignment.reader.stop();
          await assignment.reader.idle;
          await commits.now();
          held.delete(key);
          await db.query('SELECT pg_advisory_unlock($1, hashtext($2))', lock);
        } else if (!assignment && share.has(partition)) {
          const { rows } = await db.query<{ locked: boolean }>(
            'SELECT pg_try_advisory_lock($1, hashtext($2)) AS locked',
            lock,
          );
          if (!rows[0]?.locked) continue;
          const reader = new PartitionReader(
            { topic, partition },
            async (records, revoked) => {
              const handle = () => handler(records);
              const handled = await deliver({ handle, first: records[0], reader: { group }, log, signal: revoked });
              commits.soon();
              return handled;
            },
            { from: await startingOffset(db, group, topic, partition) },
          );
          held.set(key, { reader, behind: true });
          news.wake();
        }
      }
    }
  }

  return keepSession({
    url: options.url,
    name: `events ${group}`,
    log,
    onAppended(topic, partitions) {
      for (const partition of partitions) {
        const assignment = held.get(keyOf(topic, partition));
        if (assignment) assignment.behind = true;
      }
      news.wake();
    },
    async session(db, ended) {
      const failed = new AbortController();
      const signal = AbortSignal.any([ended, failed.signal]);
      const stopReaders = () => {
        for (const { reader } of held.values()) reader.stop();
      };
      signal.addEventListener('abort', () => {
        stopReaders();
        heartbeat.wake();
        news.wake();
      });
      const commits = new Commits({ group, log, handled: positions });
      commits.use((offsets) => commitOffsets(db, group, offsets));
      const keep = async () => {
        for (; !signal.aborted; await heartbeat.wait(HEARTBEAT_MS)) await rebalance(db, commits, signal);
      };
      try {
        for (const topic of topics) await ensureTopic(db, topic);
        await Promise.all(
          [read(db, signal), keep()].map((part) =>
            part.catch((error: unknown) => {
              failed.abort();
              throw error;
            }),
          ),
        );
      } finally {
        failed.abort();
        // Handlers that are at work finish first: what they did is committed, or done again by the next reader.
        stopReaders();
        await Promise.all([...held.values()].map(({ reader }) => reader.idle));
        await commits.finish();
        held.clear();
        await db
          .query('DELETE FROM log.group_member WHERE consumer_group = $1 AND member_id = $2', [group, memberId])
          .catch(() => {});
      }
    },
  });
}

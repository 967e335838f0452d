import { randomUUID } from 'node:crypto';
import { type LogRecord, PARTITIONS, type Stoppable } from '../bus.ts';
import { Commits, type Offset } from '../commits.ts';
import { deliver } from '../deliver.ts';
import type { Log } from '../log.ts';
import { PartitionReader } from '../partition-reader.ts';
import { Wakeup } from '../wakeup.ts';
import { inTurn, keepSession, type Queryable } from './connection.ts';
import { commitOffsets, livingMembers, startingOffset } from './group.ts';
import type { Listener, News } from './listener.ts';
import { sharesOf } from './partitions.ts';
import { ensureTopic, readRecords } from './records.ts';

/** The listener tells of what is new, so polling is only a second belt. */
const POLL_MS = 5_000;
/** Events of types that a group does not handle are passed over in so large steps. */
const PASS_MS = 1_000;
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
  listener: Listener;
  group: string;
  topics: readonly string[];
  types?: readonly string[];
  handler: (records: readonly LogRecord[]) => Promise<void>;
  log: Log;
}): Stoppable {
  const { group, topics, types, handler, log } = options;
  const memberId = randomUUID();
  const held = new Map<string, Assignment>();
  const heartbeat = new Wakeup();
  const news = new Wakeup();
  /** When the next look at all partitions is due, whatever the listener tells. */
  let lookAt = 0;

  function hear(topic: string, heard: News | undefined): void {
    const isOurs = !types || !heard?.types || types.some((type) => heard.types?.has(type));
    const soon = Date.now() + PASS_MS;
    if (!isOurs && lookAt <= soon) return;
    if (!isOurs) lookAt = soon;
    else
      for (const assignment of held.values()) {
        const { reader } = assignment;
        if (reader.topic === topic && heard?.partitions.includes(reader.partition) !== false) assignment.behind = true;
      }
    news.wake();
  }

  const positions = (): Offset[] =>
    [...held.values()].flatMap(({ reader: { topic, partition, handled: offset } }) =>
      offset === undefined ? [] : [{ topic, partition, offset }],
    );

  /** Reads what is new in all partitions whose readers have nothing to do, by one statement. */
  async function read(db: Queryable, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const now = Date.now();
      if (now >= lookAt) {
        for (const assignment of held.values()) assignment.behind = true;
        lookAt = now + POLL_MS;
      }
      const ready = [...held.values()].filter(({ behind, reader }) => behind && !reader.busy);
      if (ready.length === 0) {
        await news.wait(lookAt - now);
        continue;
      }
      for (const assignment of ready) assignment.behind = false;
      const from = ready.map(({ reader: { topic, partition, next } }) => ({ topic, partition, offset: next }));
      const records = await readRecords(db, from, BATCH, types ?? null);
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
              const ours = records.filter(({ value }) => value !== null);
              const handle = async () => {
                if (ours.length > 0) await handler(ours);
              };
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

  const unfollow = topics.map((topic) => options.listener.follow(topic, (heard) => hear(topic, heard)));
  const kept = keepSession({
    url: options.url,
    name: `events ${group}`,
    log,
    async session(client, ended) {
      const db = inTurn(client);
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
  return {
    async stop() {
      for (const end of unfollow) end();
      await kept.stop();
    },
  };
}

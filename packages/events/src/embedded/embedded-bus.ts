import pg from 'pg';
import type { EventBus } from '../bus.ts';
import type { Log } from '../log.ts';
import { eventsPublished } from '../metrics.ts';
import { OpenParts } from '../open-parts.ts';
import { Listener } from './listener.ts';
import { appendRecords, ensureTopic, offsetsSince } from './records.ts';
import { subscribe } from './subscription.ts';
import { tail } from './tail.ts';

/** The event bus over a log in PostgreSQL, in a database of its own. Its migrations must have been applied. */
export function createEmbeddedBus({ url, log }: { url: string; log: Log }): EventBus {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'events',
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
  });
  pool.on('error', () => {});
  const known = new Set<string>();
  const open = new OpenParts();
  const listener = new Listener({ url, log });

  return {
    async append(topic, records) {
      if (records.length === 0) return;
      if (!known.has(topic)) {
        await ensureTopic(pool, topic);
        known.add(topic);
      }
      await appendRecords(pool, topic, records);
      eventsPublished.inc({ topic }, records.length);
    },

    subscribe: async (options) => open.keep(subscribe({ url, listener, log, ...options })),
    tail: async (options) => open.keep(tail({ url, listener, log, ...options })),

    async seek(group, topic, position) {
      await ensureTopic(pool, topic);
      if (typeof position === 'object' && 'partition' in position) {
        await pool.query(
          'INSERT INTO log.group_offset (consumer_group, topic, partition, next_offset) VALUES ($1, $2, $3, $4) ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = excluded.next_offset',
          [group, topic, position.partition, position.offset],
        );
        return;
      }
      const since =
        position === 'earliest'
          ? new Date(0)
          : position === 'latest'
            ? new Date(Date.now() + 3_600_000)
            : position.since;
      const offsets = await offsetsSince(pool, topic, since);
      await pool.query(
        `INSERT INTO log.group_offset (consumer_group, topic, partition, next_offset)
         SELECT $1, $2, * FROM unnest($3::int[], $4::bigint[])
         ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET next_offset = excluded.next_offset`,
        [group, topic, [...offsets.keys()], [...offsets.values()]],
      );
    },

    async lag(group) {
      const { rows } = await pool.query<{ topic: string; lag: string }>(
        `SELECT o.topic, sum(greatest(p.next_offset - o.next_offset, 0)) AS lag
         FROM log.group_offset AS o JOIN log.partition AS p USING (topic, partition)
         WHERE o.consumer_group = $1 GROUP BY o.topic`,
        [group],
      );
      return Object.fromEntries(rows.map((row) => [row.topic, Number(row.lag)]));
    },

    async expire(topic, olderThan) {
      let deleted = 0;
      for (;;) {
        const { rowCount } = await pool.query(
          `DELETE FROM log.record WHERE (topic, partition, record_offset) IN (
             SELECT topic, partition, record_offset FROM log.record WHERE topic = $1 AND appended_at < $2 LIMIT 1000
           )`,
          [topic, olderThan],
        );
        deleted += rowCount ?? 0;
        if ((rowCount ?? 0) < 1000) return deleted;
      }
    },

    async close() {
      await open.stop();
      await listener.stop();
      await pool.end();
    },
  };
}

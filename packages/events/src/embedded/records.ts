import { type LogRecord, type NewRecord, PARTITIONS } from '../bus.ts';
import type { Offset } from '../commits.ts';
import type { Queryable, Statement } from './connection.ts';
import { channelOf, writeNews } from './listener.ts';
import { partitionOf } from './partitions.ts';

interface Row {
  topic: string;
  partition: number;
  record_offset: string;
  key: string;
  value: unknown;
  appended_at: Date;
}

function toRecord(row: Row): LogRecord {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: Number(row.record_offset),
    key: row.key,
    value: row.value,
    appendedAt: row.appended_at,
  };
}

/** Makes a topic's partitions where they are not there yet. */
export async function ensureTopic(db: Queryable, topic: string): Promise<void> {
  await db.query(
    'INSERT INTO log.partition (topic, partition) SELECT $1, generate_series(0, $2::int - 1) ON CONFLICT DO NOTHING',
    [topic, PARTITIONS],
  );
}

const APPEND: Statement = {
  name: 'append_records',
  text: `WITH input AS (
       SELECT * FROM unnest($2::int[], $3::text[], $4::jsonb[]) WITH ORDINALITY AS r (partition, key, value, place)
     ), locked AS MATERIALIZED (
       SELECT partition FROM log.partition WHERE topic = $1 AND partition = ANY($2::int[]) ORDER BY partition FOR UPDATE
     ), moved AS (
       UPDATE log.partition AS p SET next_offset = p.next_offset + c.count
       FROM (SELECT partition, count(*) FROM input JOIN locked USING (partition) GROUP BY partition) AS c
       WHERE p.topic = $1 AND p.partition = c.partition
       RETURNING p.partition, p.next_offset - c.count AS base
     ), appended AS (
       INSERT INTO log.record (topic, partition, record_offset, key, value)
       SELECT $1, i.partition, m.base + row_number() OVER (PARTITION BY i.partition ORDER BY i.place) - 1, i.key, i.value
       FROM input AS i JOIN moved AS m USING (partition)
     )
     SELECT pg_notify($5, $6)`,
};

/**
 * Appends records, by one statement. The partitions' rows are locked, in one order, until its transaction ends: an offset
 * can only be given after all smaller ones are committed, so a reader never passes one that comes late.
 */
export async function appendRecords(db: Queryable, topic: string, records: readonly NewRecord[]): Promise<void> {
  const partitions = records.map((record) => partitionOf(record.key));
  const values = records.map((record) => record.value);
  await db.query(APPEND, [
    topic,
    partitions,
    records.map((record) => record.key),
    values.map((value) => JSON.stringify(value)),
    channelOf(topic),
    writeNews(partitions, values),
  ]);
}

const readUpTo = (limit: number): Statement => ({
  name: `read_records_${limit}`,
  text: `SELECT record.* FROM unnest($1::text[], $2::int[], $3::bigint[]) AS place (topic, partition, next_offset)
     CROSS JOIN LATERAL (
       SELECT topic, partition, record_offset, key, appended_at,
         CASE WHEN $4::text[] IS NULL OR coalesce(value->>'type' = ANY($4::text[]), TRUE) THEN value END AS value
       FROM log.record AS r
       WHERE r.topic = place.topic AND r.partition = place.partition AND r.record_offset >= place.next_offset
       ORDER BY r.record_offset LIMIT ${limit}
     ) AS record
     ORDER BY topic, partition, record_offset`,
});

/**
 * Records of partitions in order, of each from an offset on and at most `limit`.
 * @param types the value of an event of another type is null; without them, no value is
 */
export async function readRecords(
  db: Queryable,
  from: readonly Offset[],
  limit: number,
  types: readonly string[] | null,
): Promise<LogRecord[]> {
  const { rows } = await db.query<Row>(readUpTo(limit), [
    from.map(({ topic }) => topic),
    from.map(({ partition }) => partition),
    from.map(({ offset }) => offset),
    types,
  ]);
  return rows.map(toRecord);
}

/** The offset of the first record at or after a time; the partition's end where there is none. */
export async function offsetsSince(db: Queryable, topic: string, since: Date): Promise<Map<number, number>> {
  const { rows } = await db.query<{ partition: number; from: string }>(
    `SELECT p.partition, coalesce(
       (SELECT min(r.record_offset) FROM log.record AS r WHERE r.topic = p.topic AND r.partition = p.partition AND r.appended_at >= $2),
       p.next_offset
     ) AS from FROM log.partition AS p WHERE p.topic = $1`,
    [topic, since],
  );
  return new Map(rows.map((row) => [row.partition, Number(row.from)]));
}

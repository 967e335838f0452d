import type { EventEnvelope } from './event.ts';
import type { Sql } from './sql.ts';

/** An event with the topic that it came in. */
export interface TopicEvent {
  readonly topic: string;
  readonly event: EventEnvelope;
}

/**
 * Records that a group handles events now, unless an earlier one of their aggregate was set aside.
 * @param replayed whether they were set aside themselves, and are not to wait for others
 * @returns the ids of those that are new, and of those that must be set aside behind another; the rest was handled before
 */
export async function enterInbox(
  sql: Sql,
  group: string,
  events: readonly TopicEvent[],
  replayed: boolean,
): Promise<{ fresh: Set<string>; parked: Set<string> }> {
  // In the order of ids: two members that are given the same events for a moment wait for each other in one order.
  const rows = await sql.query<{ id: string; parked: boolean }>(
    `WITH event AS (
       SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[]) AS e (id, topic, key)
     ), parked AS (
       SELECT id FROM event WHERE NOT $5::boolean AND EXISTS (
         SELECT FROM events.dead_letter AS l
         WHERE l.consumer_group = $1 AND l.topic = event.topic AND l.key = event.key AND l.event_id <> event.id)
       AND NOT EXISTS (SELECT FROM events.inbox AS i WHERE i.consumer_group = $1 AND i.event_id = event.id)
     ), entered AS (
       INSERT INTO events.inbox (consumer_group, event_id)
       SELECT $1, id FROM event WHERE id NOT IN (SELECT id FROM parked) ORDER BY id
       ON CONFLICT DO NOTHING RETURNING event_id
     )
     SELECT event_id AS id, false AS parked FROM entered UNION ALL SELECT id, true FROM parked`,
    [
      group,
      events.map(({ event }) => event.id),
      events.map(({ topic }) => topic),
      events.map(({ event }) => event.subject),
      replayed,
    ],
  );
  const ids = (parked: boolean) => new Set(rows.filter((row) => row.parked === parked).map((row) => row.id));
  return { fresh: ids(false), parked: ids(true) };
}

/**
 * Finds the events that tell something newer than what a group knows of their aggregates, and notes what it knows then.
 * Nobody else is at the same aggregates meanwhile: that their inbox rows are new makes the others wait.
 */
export async function newStates<Item extends TopicEvent>(
  sql: Sql,
  group: string,
  events: readonly Item[],
): Promise<Set<Item>> {
  if (events.length === 0) return new Set();
  const rows = await sql.query<{ topic: string; id: string; before: bigint | string | null }>(
    `INSERT INTO events.aggregate_version AS known (consumer_group, topic, aggregate_id, version)
     SELECT $1, topic, id, max(version) FROM unnest($2::text[], $3::text[], $4::bigint[]) AS e (topic, id, version)
     GROUP BY topic, id ORDER BY topic, id
     ON CONFLICT (consumer_group, topic, aggregate_id) DO UPDATE SET version = greatest(known.version, excluded.version)
     RETURNING topic, aggregate_id AS id, (
       SELECT version FROM events.aggregate_version AS b
       WHERE b.consumer_group = known.consumer_group AND b.topic = known.topic AND b.aggregate_id = known.aggregate_id
     ) AS before`,
    [
      group,
      events.map(({ topic }) => topic),
      events.map(({ event }) => event.subject),
      events.map(({ event }) => event.aggregateversion),
    ],
  );
  const known = new Map(rows.map(({ topic, id, before }) => [`${topic} ${id}`, before === null ? -1 : Number(before)]));
  return new Set(
    events.filter(({ topic, event }) => {
      const key = `${topic} ${event.subject}`;
      if (event.aggregateversion <= (known.get(key) ?? -1)) return false;
      known.set(key, event.aggregateversion);
      return true;
    }),
  );
}

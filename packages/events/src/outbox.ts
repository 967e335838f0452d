import type { EventContract, EventDefinitions, NewEvent } from './contract.ts';
import type { EventEnvelope } from './event.ts';
import type { Sql } from './sql.ts';
import { newId } from './uuid.ts';

/** Puts an event into its envelope, its payload checked. @throws ZodError when the emitter breaks its own contract */
export function toEnvelope<Definitions extends EventDefinitions>(
  contract: EventContract<Definitions>,
  event: NewEvent<Definitions>,
): EventEnvelope {
  const definition = contract.definitions[event.type];
  if (!definition) throw new Error(`${event.type} is not an event of ${contract.domain}`);
  return {
    specversion: '1.0',
    id: newId(),
    source: `/community/${contract.domain}`,
    type: event.type,
    time: new Date().toISOString(),
    subject: event.aggregateId,
    datacontenttype: 'application/json',
    schemaversion: definition.version,
    aggregateversion: event.aggregateVersion,
    ...(event.actorId ? { actorid: event.actorId } : {}),
    ...(event.traceparent ? { traceparent: event.traceparent } : {}),
    ...(event.importedTime ? { importedtime: event.importedTime.toISOString() } : {}),
    data: definition.payload.parse(event.payload),
  };
}

/** Writes a record to the outbox; it reaches the log once the transaction of `sql` is committed. */
export async function enqueue(sql: Sql, topic: string, key: string, value: object): Promise<void> {
  await sql.query('INSERT INTO events.outbox (topic, key, value) VALUES ($1, $2, $3::jsonb)', [
    topic,
    key,
    JSON.stringify(value),
  ]);
  sql.told?.();
}

/** An event as it lies in the outbox: the columns of `events.outbox`. */
export interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  /** JSON. */
  readonly value: string;
}

/**
 * The row of an event, for a statement of this transaction that writes it itself, beside what it tells of. What holds for
 * `emit` holds for it.
 */
export function outboxRow<Definitions extends EventDefinitions>(
  sql: Sql,
  contract: EventContract<Definitions>,
  event: NewEvent<Definitions>,
): OutboxRow {
  sql.told?.();
  return { topic: contract.domain, key: event.aggregateId, value: JSON.stringify(toEnvelope(contract, event)) };
}

/**
 * Emits an event, in the transaction of the rows that it tells of. The aggregate's row must be locked by that
 * transaction (as it is when its version was just incremented): this is what gives an aggregate's events their order.
 */
export async function emit<Definitions extends EventDefinitions>(
  sql: Sql,
  contract: EventContract<Definitions>,
  event: NewEvent<Definitions>,
): Promise<void> {
  await enqueue(sql, contract.domain, event.aggregateId, toEnvelope(contract, event));
}

/** Emits events of one contract in their order, by one statement. What holds for `emit` holds for each of them. */
export async function emitAll<Definitions extends EventDefinitions>(
  sql: Sql,
  contract: EventContract<Definitions>,
  events: readonly NewEvent<Definitions>[],
): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `INSERT INTO events.outbox (topic, key, value)
     SELECT $1, key, value FROM unnest($2::text[], $3::jsonb[]) WITH ORDINALITY AS event (key, value, place) ORDER BY place`,
    [
      contract.domain,
      events.map((event) => event.aggregateId),
      events.map((event) => JSON.stringify(toEnvelope(contract, event))),
    ],
  );
  sql.told?.();
}

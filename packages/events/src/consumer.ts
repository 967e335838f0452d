import type { z } from 'zod';
import type { EventBus, LogRecord, Stoppable } from './bus.ts';
import { DeadLetters } from './dead-letters.ts';
import { type EventEnvelope, eventSchema, type ReceivedEvent } from './event.ts';
import { startLagMetric } from './lag.ts';
import type { Log } from './log.ts';
import { eventDelivery, eventsConsumed } from './metrics.ts';
import type { Sql, Transactions } from './sql.ts';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;

/** How one type of event is handled. */
export interface EventHandler<Tx> {
  /** The newest version of the payload that this handler understands. */
  readonly version: number;
  /**
   * `each`: every event counts. `state`: the event tells the newest state of its aggregate, and one that is older than
   * what is known is ignored.
   */
  readonly mode: 'state' | 'each';
  /** Handles an event in the transaction that also records it in the inbox. @throws when it cannot */
  receive(tx: Tx, event: EventEnvelope): Promise<void>;
}

export type Handlers<Tx> = Readonly<Record<string, EventHandler<Tx>>>;

/** Defines a handler. `schema` holds only what this consumer reads; additions of the owner pass it by. */
export function handler<Tx, Schema extends z.ZodType>(definition: {
  schema: Schema;
  version: number;
  mode: 'state' | 'each';
  handle: (tx: Tx, event: ReceivedEvent<z.output<Schema>>) => Promise<void>;
}): EventHandler<Tx> {
  return {
    version: definition.version,
    mode: definition.mode,
    async receive(tx, event) {
      const data = definition.schema.safeParse(event.data);
      if (!data.success)
        throw new UnusableEventError(
          `the payload is not what this consumer reads: ${data.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
        );
      await definition.handle(tx, { ...event, data: data.data });
    },
  };
}

/** An event that no repetition will make better. */
export class UnusableEventError extends Error {
  override name = 'UnusableEventError';
}

type Outcome = 'handled' | 'duplicate' | 'stale' | 'parked';

/** Records that the group handles an event now. @returns whether it is new, and whether an earlier one of its key waits */
async function enterInbox(
  sql: Sql,
  group: string,
  topic: string,
  event: EventEnvelope,
): Promise<{ fresh: boolean; blocked: boolean }> {
  const [row] = await sql.query<{ blocked: boolean }>(
    `INSERT INTO events.inbox (consumer_group, event_id) VALUES ($1, $2::uuid) ON CONFLICT DO NOTHING
     RETURNING EXISTS (SELECT 1 FROM events.dead_letter WHERE consumer_group = $1 AND topic = $3 AND key = $4 AND event_id <> $2::uuid) AS blocked`,
    [group, event.id, topic, event.subject],
  );
  return { fresh: row !== undefined, blocked: row?.blocked ?? false };
}

/** @returns whether the event tells something newer than what the group knows */
async function isNewState(sql: Sql, group: string, topic: string, event: EventEnvelope): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO events.aggregate_version AS known (consumer_group, topic, aggregate_id, version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (consumer_group, topic, aggregate_id) DO UPDATE SET version = excluded.version WHERE known.version < excluded.version
     RETURNING version`,
    [group, topic, event.subject, event.aggregateversion],
  );
  return rows.length > 0;
}

/**
 * Follows other domains' events with a consumer group. An event's effect and its row in the inbox are one transaction:
 * it may be delivered more than once, and has one effect. An event that cannot be handled is tried a few times and then
 * set aside as a dead letter with the reason; later events of the same aggregate are set aside behind it, so that a
 * replay finds them in order. While the domain's own database does not answer, nothing is set aside: the group waits.
 */
export async function startConsumer<Tx>(options: {
  bus: EventBus;
  group: string;
  topics: readonly string[];
  handlers: Handlers<Tx>;
  transactions: Transactions<Tx>;
  log: Log;
}): Promise<Stoppable> {
  const { bus, group, handlers, transactions, log } = options;

  async function handleOnce(
    topic: string,
    event: EventEnvelope,
    eventHandler: EventHandler<Tx>,
    replayed: boolean,
  ): Promise<Outcome> {
    return transactions.run(async (tx) => {
      const sql = transactions.sql(tx);
      const { fresh, blocked } = await enterInbox(sql, group, topic, event);
      if (!fresh) return 'duplicate';
      if (blocked && !replayed) throw new ParkedError();
      if (eventHandler.mode === 'state' && !(await isNewState(sql, group, topic, event))) return 'stale';
      if (event.schemaversion > eventHandler.version) {
        throw new UnusableEventError(
          `version ${event.schemaversion} of ${event.type} is newer than ${eventHandler.version}, which this consumer understands`,
        );
      }
      await eventHandler.receive(tx, event);
      return 'handled';
    });
  }

  /** @returns why the event cannot be handled, or undefined when it is done with */
  async function handleWithRetries(
    topic: string,
    event: EventEnvelope,
    eventHandler: EventHandler<Tx>,
    replayed: boolean,
  ): Promise<{ reason: string; attempts: number } | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await handleOnce(topic, event, eventHandler, replayed);
        eventsConsumed.inc({ group, type: event.type, outcome });
        eventDelivery.observe({ group }, Math.max(0, Date.now() - Date.parse(event.time)) / 1000);
        return undefined;
      } catch (error) {
        if (error instanceof ParkedError)
          return { reason: 'an earlier event of this aggregate waits', attempts: attempt };
        // When not even this works the database is away, and that is not the event's fault: let the bus try again.
        await transactions.run((tx) => transactions.sql(tx).query('SELECT 1'));
        const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        if (error instanceof UnusableEventError || attempt >= ATTEMPTS) return { reason, attempts: attempt };
        log.warn(
          { err: error, group, eventId: event.id, type: event.type, attempt },
          'an event could not be handled; trying again',
        );
        await new Promise((resolve) => setTimeout(resolve, FIRST_PAUSE_MS * 2 ** attempt));
      }
    }
  }

  const deadLetters = new DeadLetters(group, transactions);

  async function receive(record: LogRecord): Promise<void> {
    const parsed = eventSchema.safeParse(record.value);
    if (!parsed.success) {
      log.error(
        { group, topic: record.topic, partition: record.partition, offset: record.offset },
        'a record that is not an event was passed over',
      );
      return;
    }
    const event = parsed.data;
    const eventHandler = handlers[event.type];
    if (!eventHandler) return;
    const failure = await handleWithRetries(record.topic, event, eventHandler, false);
    if (!failure) return;
    await deadLetters.add(record, event, failure);
    eventsConsumed.inc({ group, type: event.type, outcome: 'dead' });
    log.error({ group, eventId: event.id, type: event.type, ...failure }, 'an event was set aside as a dead letter');
  }

  const replaying = deadLetters.startReplay(async (letter) => {
    const eventHandler = handlers[letter.event.type];
    if (!eventHandler) return { reason: `nothing here handles ${letter.event.type}`, attempts: 0 };
    return handleWithRetries(letter.topic, letter.event, eventHandler, true);
  }, log);
  const subscription = await bus.subscribe({ group, topics: options.topics, handler: receive });
  const lag = startLagMetric({ bus, group, log });
  return {
    async stop() {
      await Promise.all([subscription.stop(), replaying.stop(), lag.stop()]);
    },
  };
}

/** Rolls the transaction back without being a failure of its own. */
class ParkedError extends Error {}

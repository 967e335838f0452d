import type { EventBus, LogRecord, Stoppable } from './bus.ts';
import { DeadLetters, type Failure } from './dead-letters.ts';
import { type EventEnvelope, eventSchema } from './event.ts';
import { Gatherer } from './gather.ts';
import { type EventHandler, type Handlers, UnusableEventError } from './handler.ts';
import { enterInbox, newStates, type TopicEvent } from './inbox.ts';
import { startLagMetric } from './lag.ts';
import type { Log } from './log.ts';
import { eventDelivery, eventsConsumed } from './metrics.ts';
import type { Transactions } from './sql.ts';

const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 50;

type Outcome = 'handled' | 'duplicate' | 'stale' | 'parked';

/** An event with what handles it. */
interface Task<Tx> extends TopicEvent {
  readonly handler: EventHandler<Tx>;
}

/**
 * Puts events of one handler together as far as the order of each aggregate's events allows: there is no other order
 * between events.
 */
export function inTurns<Tx>(tasks: readonly Task<Tx>[]): { handler: EventHandler<Tx>; events: EventEnvelope[] }[] {
  const turns: { handler: EventHandler<Tx>; events: EventEnvelope[] }[] = [];
  const lastTurn = new Map<string, number>();
  for (const { topic, event, handler } of tasks) {
    const aggregate = `${topic} ${event.subject}`;
    const from = lastTurn.get(aggregate) ?? 0;
    let at = turns.findIndex((turn, index) => index >= from && turn.handler === handler);
    if (at < 0) at = turns.push({ handler, events: [] }) - 1;
    turns[at]?.events.push(event);
    lastTurn.set(aggregate, at);
  }
  return turns;
}

/**
 * Follows other domains' events with a consumer group. Events that wait are handled together in one transaction; their
 * effects and their rows in the inbox are one, so an event may be delivered more than once, and has one effect. When
 * they cannot be handled together each is handled alone. One that cannot be handled is tried a few times and then set
 * aside as a dead letter with the reason; later events of the same aggregate are set aside behind it, so that a replay
 * finds them in order. While the domain's own database does not answer, nothing is set aside: the group waits.
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

  async function handle(tasks: readonly Task<Tx>[], replayed: boolean): Promise<Outcome[]> {
    return transactions.run(async (tx) => {
      const sql = transactions.sql(tx);
      const { fresh, parked } = await enterInbox(sql, group, tasks, replayed);
      // One that stands here twice is handled the first time.
      const entered = new Set(tasks.filter(({ event }) => fresh.delete(event.id)));
      const newer = await newStates(
        sql,
        group,
        [...entered].filter((task) => task.handler.mode === 'state'),
      );
      const due = new Set([...entered].filter((task) => task.handler.mode === 'each' || newer.has(task)));
      for (const turn of inTurns([...due])) await turn.handler.receive(tx, turn.events);
      return tasks.map((task) => {
        if (parked.has(task.event.id)) return 'parked';
        if (due.has(task)) return 'handled';
        return entered.has(task) ? 'stale' : 'duplicate';
      });
    });
  }

  const gatherer = new Gatherer<Task<Tx>, Outcome>((tasks) => handle(tasks, false));

  function done({ event }: Task<Tx>, outcome: Outcome): void {
    eventsConsumed.inc({ group, type: event.type, outcome });
    eventDelivery.observe({ group }, Math.max(0, Date.now() - Date.parse(event.time)) / 1000);
  }

  /** @returns why the event cannot be handled, or undefined when it is done with */
  async function handleWithRetries(task: Task<Tx>, replayed: boolean): Promise<Failure | undefined> {
    const { event } = task;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [outcome = 'duplicate'] = await handle([task], replayed);
        if (outcome === 'parked') return { reason: 'an earlier event of this aggregate waits', attempts: attempt };
        done(task, outcome);
        return undefined;
      } catch (error) {
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

  async function handleAlone(task: Task<Tx>, record: LogRecord): Promise<void> {
    const { event } = task;
    const failure = await handleWithRetries(task, false);
    if (!failure) return;
    await deadLetters.add(record, event, failure);
    eventsConsumed.inc({ group, type: event.type, outcome: 'dead' });
    log.error({ group, eventId: event.id, type: event.type, ...failure }, 'an event was set aside as a dead letter');
  }

  async function handleTogether(some: readonly { task: Task<Tx>; record: LogRecord }[]): Promise<void> {
    const outcomes = await gatherer
      .do(some.map(({ task }) => task))
      .catch((error: unknown) =>
        log.warn({ err: error, group }, 'events could not be handled together; one by one now'),
      );
    for (const [index, { task, record }] of some.entries()) {
      const outcome = outcomes?.[index] ?? 'parked';
      if (outcome === 'parked') await handleAlone(task, record);
      else done(task, outcome);
    }
  }

  function toTask(record: LogRecord): { task: Task<Tx>; record: LogRecord }[] {
    const { topic, partition, offset } = record;
    const parsed = eventSchema.safeParse(record.value);
    if (!parsed.success) {
      log.error({ group, topic, partition, offset }, 'a record that is not an event was passed over');
      return [];
    }
    const event = parsed.data;
    const handler = handlers[event.type];
    return handler ? [{ task: { topic, event, handler }, record }] : [];
  }

  async function receive(records: readonly LogRecord[]): Promise<void> {
    const waiting = records.flatMap(toTask);
    while (waiting.length > 0) await handleTogether(waiting.splice(0, gatherer.most));
  }

  const replaying = deadLetters.startReplay(async ({ topic, event }) => {
    const handler = handlers[event.type];
    if (!handler) return { reason: `nothing here handles ${event.type}`, attempts: 0 };
    return handleWithRetries({ topic, event, handler }, true);
  }, log);
  const subscription = await bus.subscribe({
    group,
    topics: options.topics,
    types: Object.keys(handlers),
    handler: receive,
  });
  const lag = startLagMetric({ bus, group, log });
  return {
    async stop() {
      await Promise.all([subscription.stop(), replaying.stop(), lag.stop()]);
    },
  };
}

import type { z } from 'zod';
import type { EventEnvelope, ReceivedEvent } from './event.ts';

/** How one type of event is handled. */
export interface EventHandler<Tx> {
  /**
   * `each`: every event counts. `state`: the event tells the newest state of its aggregate, and one that is older than
   * what is known is ignored.
   */
  readonly mode: 'state' | 'each';
  /**
   * Handles events, in order, in the transaction that also records them in the inbox.
   * @throws when it cannot; UnusableEventError when it never will
   */
  receive(tx: Tx, events: readonly EventEnvelope[]): Promise<void>;
}

export type Handlers<Tx> = Readonly<Record<string, EventHandler<Tx>>>;

/** An event that no repetition will make better. */
export class UnusableEventError extends Error {
  override name = 'UnusableEventError';
}

/**
 * Defines a handler. `schema` holds only what this consumer reads; additions of the owner pass it by. `version` is the
 * newest of the payload that it understands. `handle` is given one event after the other; a handler whose statements
 * can do many events at once has `handleAll` instead, which is given those that wait, in order.
 */
export function handler<Tx, Schema extends z.ZodType>(
  definition: {
    schema: Schema;
    version: number;
    mode: 'state' | 'each';
  } & (
    | { handle: (tx: Tx, event: ReceivedEvent<z.output<Schema>>) => Promise<void> }
    | { handleAll: (tx: Tx, events: readonly ReceivedEvent<z.output<Schema>>[]) => Promise<void> }
  ),
): EventHandler<Tx> {
  function read(event: EventEnvelope): ReceivedEvent<z.output<Schema>> {
    if (event.schemaversion > definition.version)
      throw new UnusableEventError(
        `version ${event.schemaversion} of ${event.type} is newer than ${definition.version}, which this consumer understands`,
      );
    const data = definition.schema.safeParse(event.data);
    if (!data.success)
      throw new UnusableEventError(
        `the payload is not what this consumer reads: ${data.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
      );
    return { ...event, data: data.data };
  }
  return {
    mode: definition.mode,
    async receive(tx, events) {
      const received = events.map(read);
      if ('handleAll' in definition) await definition.handleAll(tx, received);
      else for (const event of received) await definition.handle(tx, event);
    },
  };
}

import type { EventBus, Stoppable } from '@community/events/bus';
import { type EventEnvelope, eventSchema } from '@community/events/event';

/** Events that each instance reads for itself, to forget what it remembers. */
export interface Watch {
  readonly topic: string;
  /** Called in order, perhaps more than once for an event, never for those that were sent while the instance was not there. */
  readonly handler: (event: EventEnvelope) => Promise<void>;
}

/** Clocks of hosts differ, and an event is dated before it is appended. */
const OVERLAP_MS = 60_000;

/** Reads a topic for this instance alone, from about now on. */
export function startWatch(bus: EventBus, { topic, handler }: Watch): Promise<Stoppable> {
  return bus.tail({
    topic,
    since: new Date(Date.now() - OVERLAP_MS),
    async handler(record) {
      const { data: event } = eventSchema.safeParse(record.value);
      if (event) await handler(event);
    },
  });
}

import { GraphQLError } from 'graphql';

/** Events that wait for a subscriber who takes them more slowly than they come. */
const MAX_WAITING = 1_000;

/** Events that are pushed, as the async iterable that a `subscribe` resolver returns. */
export interface EventQueue<Event> extends AsyncIterableIterator<Event> {
  push(event: Event): void;
  /** Ends it: after the events that wait, or with an error that the client is told. */
  end(error?: GraphQLError): void;
}

/**
 * Makes a queue between what tells of events and one subscription. It ends itself, with an error of the code TOO_SLOW,
 * when more than 1,000 events wait.
 * @param onClose called once when nobody takes events any more: stop listening there
 */
export function createEventQueue<Event>(onClose: () => void): EventQueue<Event> {
  const events: Event[] = [];
  let [open, ended] = [true, false];
  let failure: GraphQLError | undefined;
  let waiting: { resolve(result: IteratorResult<Event>): void; reject(error: unknown): void } | undefined;

  function close(): void {
    if (open) onClose();
    open = false;
    ended = true;
    events.length = 0;
  }

  function settle(): void {
    if (!waiting) return;
    const { resolve, reject } = waiting;
    if (events.length > 0) resolve({ value: events.shift() as Event, done: false });
    else if (!ended) return;
    else {
      close();
      if (failure) reject(failure);
      else resolve({ value: undefined, done: true });
      failure = undefined;
    }
    waiting = undefined;
  }

  function end(error?: GraphQLError): void {
    if (ended) return;
    ended = true;
    failure = error;
    settle();
  }

  return {
    push(event) {
      if (ended) return;
      if (events.length >= MAX_WAITING) {
        events.length = 0;
        end(
          new GraphQLError('More events came than were taken. Subscribe again, and fetch what you missed.', {
            extensions: { code: 'TOO_SLOW' },
          }),
        );
        return;
      }
      events.push(event);
      settle();
    },
    end,
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        settle();
      }),
    async return() {
      close();
      settle();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

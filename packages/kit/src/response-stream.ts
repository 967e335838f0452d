import type { FormattedExecutionResult } from 'graphql';

/** The results of a subscription, one an event. */
export interface ResponseStream extends AsyncIterableIterator<FormattedExecutionResult> {
  /** Ends it from outside, now, with a last result; the event that is being executed is not sent. */
  end(last: FormattedExecutionResult): void;
  return(): Promise<IteratorResult<FormattedExecutionResult, undefined>>;
}

const DONE = { value: undefined, done: true } as const;

/**
 * Maps the events of a source to results, one at a time and in order. Unlike a generator it ends at once, also while
 * the source waits for its next event.
 * @param respond executes the subscription for an event
 * @param onFailure the last result when the source or `respond` throws
 * @param onClose called once, however it ends
 */
export function createResponseStream<Event>(
  source: AsyncIterable<Event>,
  respond: (event: Event) => Promise<FormattedExecutionResult> | FormattedExecutionResult,
  onFailure: (error: unknown) => FormattedExecutionResult,
  onClose: () => void,
): ResponseStream {
  const events = source[Symbol.asyncIterator]();
  let open = true;
  let last: FormattedExecutionResult | undefined;
  let waiting: ((result: IteratorResult<FormattedExecutionResult, undefined>) => void) | undefined;

  function settle(): void {
    waiting?.(last ? { value: last, done: false } : DONE);
    if (waiting) last = undefined;
    waiting = undefined;
  }

  function close(result?: FormattedExecutionResult): void {
    if (!open) return;
    open = false;
    last = result;
    onClose();
    // Nobody waits for it: a generator that waits for an event returns when that comes.
    void Promise.resolve(events.return?.()).catch(() => {});
    settle();
  }

  async function pull(): Promise<void> {
    try {
      const event = await events.next();
      if (event.done) return close();
      const result = await respond(event.value);
      if (!open) return;
      waiting?.({ value: result, done: false });
      waiting = undefined;
    } catch (error) {
      if (open) close(onFailure(error));
    }
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      return new Promise((resolve) => {
        waiting = resolve;
        if (open) void pull();
        else settle();
      });
    },
    async return() {
      close();
      return DONE;
    },
    end: close,
  };
}

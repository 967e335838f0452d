import { pause } from './pause.ts';

/** Events that wait while others are fetched; more are forgotten here and fetched, too. */
const MAX_WAITING = 1_000;
/** How often a server is asked for an event that it has sent others after, before it counts as never sent. */
const FILL_ATTEMPTS = 5;
const FILL_PAUSE_MS = 100;

/** How numbered events come to be complete. */
export interface SequenceOptions<Event> {
  /** The number of the last event that is known already. */
  readonly after: number;
  readonly numberOf: (event: Event) => number;
  /** The next events after a number, in order; none when there are no more. Asked again until there are none. */
  readonly fetchAfter: (number: number) => Promise<readonly Event[]>;
  readonly onEvent: (event: Event) => void | Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Puts events that come live, some of them twice or not at all, in order and makes them complete. Each is given on once;
 * the next one when `onEvent` has resolved.
 */
export function createSequence<Event>(options: SequenceOptions<Event>) {
  let last = options.after;
  let waiting: Event[] = [];
  let wanted = false;
  let working: Promise<void> | undefined;

  async function accept(event: Event): Promise<void> {
    const number = options.numberOf(event);
    if (number <= last || options.signal.aborted) return;
    last = number;
    await options.onEvent(event);
  }

  async function fetchUpTo(number: number): Promise<void> {
    while (last < number && !options.signal.aborted) {
      const events = await options.fetchAfter(last);
      if (events.length === 0) return;
      for (const event of events) await accept(event);
    }
  }

  async function fill(number: number): Promise<void> {
    for (let attempt = 0; attempt < FILL_ATTEMPTS && last < number && !options.signal.aborted; attempt += 1) {
      if (attempt > 0) await pause(FILL_PAUSE_MS * 2 ** attempt, options.signal);
      await fetchUpTo(number);
    }
  }

  async function work(): Promise<void> {
    while (!options.signal.aborted) {
      if (wanted) {
        wanted = false;
        await fetchUpTo(Number.POSITIVE_INFINITY);
        continue;
      }
      const event = waiting.shift();
      if (event === undefined) return;
      await fill(options.numberOf(event) - 1);
      await accept(event);
    }
  }

  function start(): Promise<void> {
    working ??= work().finally(() => {
      working = undefined;
    });
    return working;
  }

  return {
    /** Takes an event that came live. @throws what `fetchAfter` or `onEvent` throw; begin again with `reset` */
    push(event: Event): Promise<void> {
      if (waiting.length < MAX_WAITING) waiting.push(event);
      else {
        waiting = [];
        wanted = true;
      }
      return start();
    },
    /** Fetches whatever is new. @throws as `push` */
    catchUp(): Promise<void> {
      wanted = true;
      return start();
    },
    /** Forgets what came live and was not given on; it will be fetched. */
    reset(): void {
      waiting = [];
    },
  };
}

import type { LogRecord } from './bus.ts';
import type { Log } from './log.ts';
import { Wakeup } from './wakeup.ts';

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 5_000;

/** Has records handled until that resolves, with growing pauses. @returns whether it did before the signal */
export async function deliver(options: {
  /** Handles them. */
  handle: () => Promise<void>;
  /** The first of them, and who reads, for the log. */
  first: LogRecord | undefined;
  reader: object;
  log: Log;
  signal: AbortSignal;
}): Promise<boolean> {
  const { first, signal } = options;
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      await options.handle();
      return true;
    } catch (error) {
      options.log.warn(
        { err: error, ...options.reader, topic: first?.topic, partition: first?.partition, offset: first?.offset },
        'records could not be handled now; trying again',
      );
      const retry = new Wakeup();
      const wake = () => retry.wake();
      signal.addEventListener('abort', wake, { once: true });
      await retry.wait(Math.min(FIRST_PAUSE_MS * 2 ** tries, MAX_PAUSE_MS));
      signal.removeEventListener('abort', wake);
    }
  }
  return false;
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before one more attempt: a random time up to a bound that doubles with each failure, so that the
 * clients of a server that was restarted do not all come back at once ("full jitter").
 * @param failures attempts in a row that came to nothing
 */
export function pauseMs(failures: number, random: () => number = Math.random): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
}

/** Waits; less when the signal is given. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

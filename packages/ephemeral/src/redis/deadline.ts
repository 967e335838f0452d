/** No answer came in time. */
export class DeadlineError extends Error {
  override name = 'DeadlineError';
}

/**
 * Waits so long and no longer; what comes later is passed over.
 * @throws DeadlineError
 */
export function withDeadline<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    // After a stall of this process the timer comes first and the answer that has long arrived second: let it be read.
    const timer = setTimeout(
      () => setImmediate(() => setImmediate(() => reject(new DeadlineError('no answer')))),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

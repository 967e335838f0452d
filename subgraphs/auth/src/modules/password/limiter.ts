import { ServiceUnavailableError } from '@community/kit/service-client';

/**
 * Lets so much work run at once and keeps the rest waiting in order.
 * @param maxWaiting beyond so many the work is refused: an answer that comes too late helps nobody
 * @returns runs work when it is its turn; throws ServiceUnavailableError when too much is waiting
 */
export function createLimiter(concurrency: number, maxWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async function limit<T>(work: () => Promise<T>): Promise<T> {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) throw new ServiceUnavailableError('too many passwords wait to be checked');
      // The one who ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

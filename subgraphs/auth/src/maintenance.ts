import type { Logger } from '@community/kit/log';

const EVERY_MS = 15 * 60_000;

/**
 * Does what has to be done from time to time: keys, and rows that nobody needs any more. Instances may do it at the
 * same time, as each task is harmless to repeat.
 */
export function startMaintenance(tasks: readonly (() => Promise<void>)[], log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();

  async function runAll(): Promise<void> {
    for (const task of tasks) {
      await task().catch((error: unknown) => log.error({ err: error }, 'maintenance failed; it is tried again later'));
    }
  }

  const timer = setInterval(() => {
    running = running.then(runAll);
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

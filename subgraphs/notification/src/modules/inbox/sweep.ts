import { Wakeup } from '@community/events/wakeup';
import type { Logger } from '@community/kit/log';
import type { SweepStore } from './sweep.store.ts';

const DAY_MS = 24 * 3_600_000;
/** Notifications are kept so long after they were read. */
const READ_DAYS = 90;
/** Who was away for longer reads her inbox anew. */
const CHANGE_DAYS = 7;
const EVERY_MS = 3_600_000;

/** Forgets, once an hour, notifications that were read long ago and changes that nobody will ask for. */
export function startSweep({ sweep, log }: { sweep: SweepStore; log: Logger }): { stop(): Promise<void> } {
  const wakeup = new Wakeup();
  let stopped = false;

  async function sweepAll(forget: () => Promise<number>): Promise<void> {
    while (!stopped && (await forget()) === sweep.batch);
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await sweepAll(() => sweep.readBefore(new Date(Date.now() - READ_DAYS * DAY_MS)));
        await sweepAll(() => sweep.changesBefore(new Date(Date.now() - CHANGE_DAYS * DAY_MS)));
      } catch (error) {
        log.warn({ err: error }, 'old notifications could not be forgotten; trying again later');
      }
      if (!stopped) await wakeup.wait(EVERY_MS);
    }
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      wakeup.wake();
      await running;
    },
  };
}

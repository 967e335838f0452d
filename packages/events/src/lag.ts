import type { EventBus, Stoppable } from './bus.ts';
import type { Log } from './log.ts';
import { eventsLag } from './metrics.ts';
import { Wakeup } from './wakeup.ts';

const EVERY_MS = 15_000;

/** Keeps the metric of how far a group is behind. Asked of the log itself: a group that is stuck would not tell. */
export function startLagMetric(options: { bus: EventBus; group: string; log: Log }): Stoppable {
  const { bus, group, log } = options;
  const wakeup = new Wakeup();
  let stopped = false;
  async function run(): Promise<void> {
    while (!stopped) {
      try {
        for (const [topic, lag] of Object.entries(await bus.lag(group))) eventsLag.set({ group, topic }, lag);
      } catch (error) {
        log.warn({ err: error, group }, 'how far a group is behind could not be asked');
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

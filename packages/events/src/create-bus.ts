import type { EventBus } from './bus.ts';
import { createEmbeddedBus } from './embedded/embedded-bus.ts';
import type { Log } from './log.ts';

/** Opens the event bus that the configuration names. @param url the log's own database */
export function createBus({ url, log }: { url: string; log: Log }): EventBus {
  return createEmbeddedBus({ url, log });
}

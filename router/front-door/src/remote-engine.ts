import type { Logger } from '@community/kit/log';
import { createOperationGuard } from './operation-guard.ts';
import { createProxy } from './proxy.ts';
import { createRelay } from './relay.ts';
import type { Behind } from './server.ts';

/**
 * An engine in another process, for a front door to stand before it.
 * @param url where it takes GraphQL over HTTP and WebSocket
 * @param readyUrl where it says that it can answer
 */
export function createRemoteEngine(url: string, readyUrl: string, log: Logger): Behind {
  const guard = createOperationGuard();
  const relay = createRelay(url, guard);
  return {
    ...createProxy({ url, readyUrl, guard, log }),
    upgrade: relay.upgrade,
    drain: relay.stop,
    operationOf: () => undefined,
  };
}

import type { Logger } from '@community/kit/log';
import { createEngineStreams, SHARED_BY } from './live/engine-streams.ts';
import { createLive } from './live/live.ts';
import { createOperationGuard } from './operation-guard.ts';
import type { PersistedDocuments } from './persisted-documents.ts';
import { createProxy } from './proxy.ts';
import type { Behind } from './server.ts';

/**
 * An engine in another process, for a front door to stand before it.
 * @param url where it takes GraphQL over HTTP
 * @param readyUrl where it says that it can answer
 * @param documents those that it knows, too
 */
export function createRemoteEngine({
  url,
  readyUrl,
  documents,
  log,
}: {
  url: string;
  readyUrl: string;
  documents: PersistedDocuments;
  log: Logger;
}): Behind {
  const guard = createOperationGuard();
  const proxy = createProxy({ url, readyUrl, guard, log });
  const streams = createEngineStreams({ url, guard, log });
  const live = createLive({ documents, sharedBy: SHARED_BY, execute: streams.execute });
  return {
    ...live,
    handle: (request, response) => live.handle(request, response, () => proxy.handle(request, response)),
    ready: proxy.ready,
    operationOf: () => undefined,
    async close() {
      streams.close();
      await proxy.close();
    },
  };
}

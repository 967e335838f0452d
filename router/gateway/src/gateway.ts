import { LIMITS } from '@community/front-door/engine-settings';
import { openPersistedDocuments } from '@community/front-door/persisted-documents';
import { type FrontDoorServer, startFrontDoor } from '@community/front-door/server';
import { createLog } from '@community/kit/log';
import type { GatewayConfig } from './config.ts';
import { createEngine } from './engine.ts';
import { EXEMPTION_HEADER } from './exemption.ts';
import { operationOf } from './plugins/operation-metrics.ts';
import { openSupergraph } from './supergraph-file.ts';
import { followRegistry } from './uplink.ts';
import { createUsageReporter } from './usage-reporter.ts';

/** Starts the router: the front door and, behind it, the engine that plans and joins. */
export async function startGateway(config: GatewayConfig): Promise<FrontDoorServer> {
  const log = createLog('gateway', config.logLevel);
  const supergraph = openSupergraph(config.supergraphPath, log);
  const documents = openPersistedDocuments(config.documentsPath, log);
  const reporter = config.registry && createUsageReporter({ ...config.registry, log });
  const engine = createEngine(config, supergraph, documents, reporter, log);
  await engine.load();
  const server = await startFrontDoor(config, {
    name: 'gateway',
    log,
    behind: {
      ...engine,
      ready: async () => true,
      operationOf,
      async close() {
        await reporter?.stop();
        await engine.close();
      },
    },
    bodyBytes: LIMITS.bodyBytes,
    unsharedHeaders: [EXEMPTION_HEADER],
  });
  const uplink = followRegistry(config, log);
  return {
    port: server.port,
    stop() {
      uplink?.stop();
      return server.stop();
    },
  };
}

import { LIMITS } from '@community/front-door/engine-settings';
import { openPersistedDocuments } from '@community/front-door/persisted-documents';
import { createRemoteEngine } from '@community/front-door/remote-engine';
import { startFrontDoor } from '@community/front-door/server';
import { createLog } from '@community/kit/log';
import {
  type Engine,
  type Graph,
  startApolloGateway,
  startHiveRouter,
  startOurs,
} from '../../tests/conformance/engines.ts';

/** Hive Router behind a front door that shares no answers, as the platform runs it. */
async function startHiveRouterBehindFrontDoor(graph: Graph): Promise<Engine> {
  const { url, pid, stop } = await startHiveRouter(graph, process.env.HIVE_ROUTER_BIN ?? '');
  const log = createLog('front-door', 'silent');
  const documents = openPersistedDocuments(undefined, log);
  const server = await startFrontDoor(
    {
      ...graph,
      ...{ host: '127.0.0.1', port: 0, production: true, logLevel: 'silent', publicUrl: 'http://localhost' },
      ...{ corsOrigins: [], trustedProxies: [], rateLimits: 'test', sharedReads: false },
    },
    {
      name: 'bench',
      log,
      behind: createRemoteEngine({ url, readyUrl: url, documents, log }),
      bodyBytes: LIMITS.bodyBytes,
      unsharedHeaders: [],
    },
  );
  return { url: `http://127.0.0.1:${server.port}/graphql`, pid, stop: () => server.stop().then(stop) };
}

const ENGINES: Readonly<Record<string, (graph: Graph) => Promise<Engine>>> = {
  ours: (graph) => startOurs(graph, { production: true }),
  apollo: startApolloGateway,
  'hive-router': startHiveRouterBehindFrontDoor,
};

/** An engine with a process in Node: `ENGINE` says which, `GRAPH` over which subgraphs. */
const start = ENGINES[process.env.ENGINE ?? ''];
if (!start) throw new Error(`ENGINE is none of ${Object.keys(ENGINES).join(', ')}`);
const engine = await start(JSON.parse(process.env.GRAPH ?? '') as Graph);
process.send?.({ url: engine.url });
// Whoever started it may be killed, or want no more of it.
process.once('disconnect', () => void engine.stop().finally(() => process.exit()));

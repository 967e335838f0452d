import { setTimeout as sleep } from 'node:timers/promises';
import { createEventQueue, type EventQueue } from '@community/kit/event-queue';
import type { Logger } from '@community/kit/log';
import type { Transport } from '@graphql-mesh/transport-common';
import { type DocumentNode, GraphQLError, print } from 'graphql';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import { Gauge } from 'prom-client';
import { WebSocket } from 'ws';
import { asErrors, type createSubgraphExecutor, type SubgraphExecutor } from '../subgraph-executor.ts';

/** How long a subgraph that says nothing is waited for before it is asked, and then for its answer. */
const PING_MS = 10_000;
const PONG_MS = 5_000;
/** A connection that nobody needs is kept this long, for the next who does. */
const IDLE_MS = 10_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

const upstreamStreams = new Gauge({
  name: 'gateway_upstream_streams_open',
  help: 'Subscriptions that the gateway holds at subgraphs',
});

const refused = (message: string, code: string): ExecutionResult => ({
  errors: [new GraphQLError(message, { extensions: { code } })],
});

/** One shared connection to a subgraph, opened when it is needed, and again, after a growing pause, when it was lost. */
function createConnection(name: string, url: string, routerSecret: string, log: Pick<Logger, 'warn'>): Client {
  let failures = 0;
  let pongTimer: NodeJS.Timeout | undefined;
  const client = createClient({
    url: async () => {
      // At a random moment, or all gateways would meet a subgraph that has just started.
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      if (failures > 0) await sleep(Math.random() * longest);
      return url;
    },
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string) {
        super(address, protocols, { perMessageDeflate: false, handshakeTimeout: 2_000 });
      }
    },
    connectionParams: { 'x-router-secret': routerSecret },
    // A stream that was lost has missed events: its clients must know, and fetch them.
    retryAttempts: 0,
    lazyCloseTimeout: IDLE_MS,
    keepAlive: PING_MS,
    connectionAckWaitTimeout: PONG_MS,
    on: {
      connected() {
        failures = 0;
      },
      ping(received) {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: () => clearTimeout(pongTimer),
      closed(event) {
        clearTimeout(pongTimer);
        const { code } = event as { code: number };
        if (code === 1000) return;
        failures += 1;
        log.warn({ subgraph: name, code }, 'the connection for live streams to a subgraph was lost');
      },
    },
  });
  return client;
}

/**
 * Subscribes at subgraphs, for the engine, over one WebSocket (`graphql-transport-ws`) a subgraph, whoever the members are:
 * the router's secret comes with the connection, the member's token with the operation. (The runtime's own executor
 * opens a connection for each token, sends no pings and does not connect again by itself.)
 *
 * A stream whose connection is lost ends with an error, and is not opened again here: what was missed is for the client
 * to ask for.
 */
export function createSubgraphStreams(options: {
  subgraphUrls: Readonly<Record<string, string>>;
  routerSecret: string;
  log: Pick<Logger, 'warn'>;
  /** Executes what is no subscription. */
  executor: Pick<ReturnType<typeof createSubgraphExecutor>, 'at'>;
}) {
  const clients = new Map<string, Client>();

  function clientOf(name: string, location: string): Client | undefined {
    const { hostname, pathname } = new URL(location);
    const base = options.subgraphUrls[hostname];
    const client =
      clients.get(hostname) ??
      (base
        ? createConnection(name, `${base.replace(/^http/, 'ws')}${pathname}`, options.routerSecret, options.log)
        : undefined);
    if (client) clients.set(hostname, client);
    return client;
  }

  function open(
    name: string,
    location: string,
    request: Pick<Parameters<SubgraphExecutor>[0], 'operationName' | 'variables' | 'extensions'> & {
      document: DocumentNode;
    },
    onClose: () => void,
  ): EventQueue<ExecutionResult> {
    const client = clientOf(name, location);
    upstreamStreams.inc();
    let unsubscribe: (() => void) | undefined;
    const queue = createEventQueue<ExecutionResult>(() => {
      upstreamStreams.dec();
      unsubscribe?.();
      onClose();
    });
    const end = (result: ExecutionResult) => {
      queue.push(result);
      queue.end();
    };
    const gone = () =>
      end(refused(`A part of the graph (${name}) has ended this stream. Subscribe again.`, 'SERVICE_UNAVAILABLE'));
    if (!client) gone();
    else
      unsubscribe = client.subscribe(
        {
          query: print(request.document),
          operationName: request.operationName,
          variables: request.variables as Record<string, unknown>,
          extensions: { headers: request.extensions?.headers },
        },
        {
          next: ({ data, errors }) => queue.push(errors ? { data, errors: asErrors(errors) } : { data }),
          complete: () => queue.end(),
          error: (error) => (Array.isArray(error) ? end({ errors: asErrors(error) }) : gone()),
        },
      );
    return queue;
  }

  const transport: Transport = {
    getSubgraphExecutor({ subgraphName, transportEntry: { location = '' } }) {
      const executeOnce = options.executor.at(location);
      const streams = new Set<EventQueue<ExecutionResult>>();
      const execute = ((request) => {
        if (request.operationType !== 'subscription') return executeOnce(request);
        const stream = open(subgraphName, location, request, () => streams.delete(stream));
        streams.add(stream);
        return stream;
      }) as SubgraphExecutor;
      return Object.assign(execute, {
        /** The graph has changed; plans made for the old one end with it. */
        async [Symbol.asyncDispose]() {
          for (const stream of streams) {
            stream.push(refused('The graph has changed. Subscribe again.', 'SUBSCRIPTION_SCHEMA_RELOAD'));
            stream.end();
          }
        },
      });
    },
  };

  return {
    transport,
    async close(): Promise<void> {
      await Promise.all([...clients.values()].map((client) => client.dispose()));
    },
  };
}

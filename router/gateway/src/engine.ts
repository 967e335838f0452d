import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@community/kit/log';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { bodyLimit } from './body-limit.ts';
import type { GatewayConfig } from './config.ts';
import { EXAMPLES } from './examples.ts';
import type { PersistedDocuments } from './persisted-documents.ts';
import { LIMITS, useLimits } from './plugins/limits.ts';
import { maskError, useNoSuggestions } from './plugins/masked-errors.ts';
import { useNullPropagation } from './plugins/null-propagation.ts';
import { useOperationMetrics } from './plugins/operation-metrics.ts';
import { markPersistedGet, usePersistedDocuments } from './plugins/persisted-documents.ts';
import { useUsageReports } from './plugins/usage.ts';
import { createSubgraphFetch } from './subgraph-fetch.ts';
import type { SupergraphFile } from './supergraph-file.ts';
import type { UsageReporter } from './usage-reporter.ts';

const RELOAD_EVERY_MS = 500;
const DRAIN_MS = 10_000;
/** What of a client's request subgraphs get to know; the front door has seen to its truth. */
const PROPAGATED = [
  'authorization',
  'x-client-address',
  'x-request-id',
  'traceparent',
  'apollographql-client-name',
  'apollographql-client-version',
];

/** The engine that plans operations over the supergraph and joins what subgraphs answer: Hive Gateway's runtime. */
export function createEngine(
  config: GatewayConfig,
  supergraph: SupergraphFile,
  documents: PersistedDocuments,
  reporter: UsageReporter | undefined,
  log: Logger,
) {
  const upstream = createSubgraphFetch(config);
  const runtime = createGatewayRuntime({
    supergraph: () => supergraph.current(),
    pollingInterval: RELOAD_EVERY_MS,
    gracefulSchemaReload: { drainTimeout: DRAIN_MS },
    unifiedGraphHandler,
    fetchAPI: { fetch: upstream.fetch as typeof fetch },
    logging: false,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: config.production ? false : { title: 'Community graph', defaultQuery: EXAMPLES },
    renderGraphiQL,
    cors: false,
    batching: { limit: LIMITS.batch },
    contentEncoding: true,
    requestId: false,
    subgraphErrors: false,
    csrfPrevention: { requestHeaders: ['apollo-require-preflight', 'x-graphql-csrf'] },
    disableIntrospection: { disableIf: () => config.production },
    maskedErrors: {
      maskError(error) {
        const masked = maskError(error);
        if ('extensions' in masked && (masked.extensions as { code?: string }).code === 'INTERNAL_SERVER_ERROR')
          log.error({ err: error }, 'an operation failed');
        return masked;
      },
    },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) =>
        Object.fromEntries(
          PROPAGATED.flatMap((name) => (request.headers.get(name) ? [[name, request.headers.get(name)]] : [])),
        ),
    },
    plugins: () => [
      usePersistedDocuments({ documents, mode: config.safelist, routerSecret: config.routerSecret, log }),
      useLimits(),
      ...(config.production ? [useNoSuggestions()] : []),
      useNullPropagation(),
      useOperationMetrics(),
      ...(reporter ? [useUsageReports(reporter)] : []),
    ],
  });

  return {
    /** Loads the supergraph, so that the first client does not wait for it. @throws Error when it cannot be planned over */
    async load(): Promise<void> {
      const response = await runtime.fetch('http://localhost/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-router-secret': config.routerSecret },
        body: '{"query":"{ __typename }"}',
      });
      if (!response.ok) throw new Error(`the supergraph cannot be used: ${await response.text()}`);
    },
    handle(request: IncomingMessage, response: ServerResponse): void {
      markPersistedGet(request);
      if (bodyLimit(request, response, LIMITS.bodyBytes)) void runtime(request, response);
    },
    async close(): Promise<void> {
      await runtime[Symbol.asyncDispose]();
      await upstream.close();
    },
  };
}

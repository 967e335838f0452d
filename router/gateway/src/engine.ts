import type { IncomingMessage, ServerResponse } from 'node:http';
import { CSRF_HEADERS, LIMITS, PROPAGATED } from '@community/front-door/engine-settings';
import { createLive } from '@community/front-door/live/live';
import type { LiveOperation } from '@community/front-door/live/operation';
import { PLACE_HEADER } from '@community/front-door/override-labels';
import type { PersistedDocuments } from '@community/front-door/persisted-documents';
import type { Logger } from '@community/kit/log';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import type { GraphQLError } from 'graphql';
import { bodyLimit } from './body-limit.ts';
import type { GatewayConfig } from './config.ts';
import { createDirectAnswers } from './direct.ts';
import { EXEMPTION_HEADER } from './exemption.ts';
import { type Answer, deliver } from './live/delivery.ts';
import { createUnifiedGraphHandler } from './live/event-execution.ts';
import { createSubgraphStreams } from './live/subgraph-streams.ts';
import { createAnswerAudiences } from './plugins/audiences.ts';
import { useCompression } from './plugins/compression.ts';
import { useLimits } from './plugins/limits.ts';
import { maskError, useNoSuggestions } from './plugins/masked-errors.ts';
import { useNullPropagation } from './plugins/null-propagation.ts';
import { useOperationMetrics } from './plugins/operation-metrics.ts';
import { usePersistedDocuments } from './plugins/persisted-documents.ts';
import { useReadableSearch } from './plugins/readable-search.ts';
import { reportAgain, useUsageReports } from './plugins/usage.ts';
import { createRemoteEngine } from './remote-engine.ts';
import { createSubgraphExecutor } from './subgraph-executor.ts';
import type { SupergraphFile } from './supergraph-file.ts';
import type { UsageReporter } from './usage-reporter.ts';

const RELOAD_EVERY_MS = 500;
const DRAIN_MS = 10_000;
const propagated = ({ headers }: Request): Record<string, string> =>
  Object.fromEntries(
    PROPAGATED.flatMap((name) => {
      const value = headers.get(name);
      return value ? [[name, value]] : [];
    }),
  );

/** Headers on which depends what a client is sent: who she is, and what the safelist lets her send. */
const SHARED_BY = ['authorization', EXEMPTION_HEADER];

/** An operation of a live connection, and what it is answered. */
interface Executed {
  readonly request: Request;
  readonly answer: Promise<Answer>;
}

/** The engine that plans operations over the supergraph and joins what subgraphs answer: Hive Gateway's runtime. */
export function createEngine(
  config: GatewayConfig,
  supergraph: SupergraphFile,
  documents: PersistedDocuments,
  reporter: UsageReporter | undefined,
  log: Logger,
) {
  const audiences = createAnswerAudiences();
  const upstream = createSubgraphExecutor({ ...config, onAudience: audiences.note });
  const streams = createSubgraphStreams({ ...config, executor: upstream, log });
  const remote = config.engineUrl === undefined ? undefined : createRemoteEngine(config.engineUrl);
  function mask(error: unknown): GraphQLError {
    const masked = maskError(error);
    if (masked.extensions.code === 'INTERNAL_SERVER_ERROR') log.error({ err: error }, 'an operation failed');
    return masked;
  }
  const runtime = createGatewayRuntime({
    supergraph: () => supergraph.current(),
    pollingInterval: RELOAD_EVERY_MS,
    gracefulSchemaReload: { drainTimeout: DRAIN_MS },
    unifiedGraphHandler: createUnifiedGraphHandler(remote, propagated, config.overrideLabels ?? []),
    transports: { http: streams.transport },
    logging: false,
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: false,
    cors: false,
    batching: { limit: LIMITS.batch },
    requestId: false,
    subgraphErrors: false,
    csrfPrevention: { requestHeaders: [...CSRF_HEADERS] },
    disableIntrospection: { disableIf: () => config.production },
    maskedErrors: { maskError: mask },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => propagated(request),
    },
    plugins: () => [
      useReadableSearch(),
      usePersistedDocuments({ documents, mode: config.safelist, routerSecret: config.routerSecret, log }),
      useCompression(),
      useLimits(),
      ...(config.production ? [useNoSuggestions()] : []),
      useNullPropagation(),
      audiences.plugin,
      useOperationMetrics(),
      ...(reporter ? [useUsageReports(reporter)] : []),
    ],
  });

  /** Executes one operation with all that the runtime's hooks do for it. @param more what its context holds besides the request */
  async function execute(params: object, request: Request, more: object = {}): Promise<Answer> {
    try {
      const context = { ...more, request, waitUntil: runtime.waitUntil };
      return (await runtime.getResultForParams({ params, request }, context as never)) as Answer;
    } catch (error) {
      return { errors: [mask(error)] };
    }
  }

  const requests = new WeakMap<LiveOperation, Executed>();
  const live = createLive({
    documents,
    sharedBy: SHARED_BY,
    execute(operation, listener) {
      const { query, operationName, variables, extensions, documentId } = operation.params;
      const params = {
        query: query ?? undefined,
        operationName: operationName ?? undefined,
        variables: variables ?? undefined,
        extensions: extensions ?? undefined,
        ...(documentId ? { documentId } : {}),
      };
      const headers = [...PROPAGATED, EXEMPTION_HEADER, PLACE_HEADER].flatMap((name): [string, string][] => {
        const value = operation.headers[name];
        return value === undefined ? [] : [[name, value]];
      });
      const request = new Request('http://localhost/graphql', { method: 'POST', headers });
      const answer = execute(params, request);
      requests.set(operation, { request, answer });
      return deliver(answer, listener);
    },
    async onJoin(first, joining) {
      const executed = requests.get(first);
      await executed?.answer;
      if (executed && reporter) reportAgain(reporter, executed.request, new Headers(joining.headers));
    },
  });
  const direct = createDirectAnswers((params, request, req) => execute(params, request, { req }), audiences.headersOf);
  // The runtime looks for a new supergraph when it is asked something; streams alone ask nothing.
  const look = setInterval(() => void Promise.resolve(runtime.getSchema()).catch(() => {}), RELOAD_EVERY_MS);
  look.unref();

  return {
    upgrade: live.upgrade,
    drain: live.drain,
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
      if (bodyLimit(request, response, LIMITS.bodyBytes))
        live.handle(request, response, () => direct(request, response, () => void runtime(request, response)));
    },
    async close(): Promise<void> {
      clearInterval(look);
      await streams.close();
      await runtime[Symbol.asyncDispose]();
      await upstream.close();
      await remote?.close();
    },
  };
}

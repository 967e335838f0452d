import { TIMEOUTS } from '@community/front-door/engine-settings';
import { AUDIENCE_HEADER } from '@community/kit/audience';
import type { Transport } from '@graphql-mesh/transport-common';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import { Agent } from 'undici';
import { rememberTexts } from './document-text.ts';

/** Shorter than subgraphs keep their side, or a request would be sent into a closing connection. */
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS = 64;

/** Executes requests of the runtime at one subgraph. */
export type SubgraphExecutor = Awaited<ReturnType<Transport['getSubgraphExecutor']>>;
/** Of such a request, what goes to a subgraph. */
interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: object | undefined;
  readonly extensions?: { readonly headers?: unknown } | undefined;
  readonly context?: unknown;
}

/** A failure on the way to a subgraph, in words for clients. */
function unavailable(name: string, code: 'SERVICE_UNAVAILABLE' | 'SERVICE_TIMEOUT'): ExecutionResult {
  const what = code === 'SERVICE_TIMEOUT' ? 'did not answer in time' : 'does not answer at the moment';
  return {
    errors: [new GraphQLError(`A part of the graph (${name}) ${what}. Try again.`, { extensions: { code } })],
  };
}

/** What a subgraph says went wrong, as the engine knows errors. */
export const asErrors = (errors: readonly GraphQLFormattedError[]): GraphQLError[] =>
  errors.map(({ message, path, extensions }) => new GraphQLError(message, { path, extensions }));

/** An answer of a subgraph. @throws Error when it is none */
function resultOf(text: string): ExecutionResult {
  const { data, errors } = JSON.parse(text) as ExecutionResult & { errors?: GraphQLFormattedError[] };
  if (errors?.length) return { data: data ?? null, errors: asErrors(errors) };
  if (typeof data !== 'object' || data === null) throw new Error('an answer has data or errors');
  return { data };
}

/**
 * Sends queries and mutations of plans to subgraphs. Names of the supergraph (`http://user/graphql`) become addresses, and
 * every request carries the router's secret, by which subgraphs know the router. A plan's documents are printed once, and
 * an answer is read as a whole: the streams, copies and signals of the runtime's own executor cost more than planning and
 * joining do (docs/decisions/0087).
 */
export function createSubgraphExecutor(options: {
  subgraphUrls: Readonly<Record<string, string>>;
  routerSecret: string;
  /** Hears what a subgraph says of who may share an answer. @param context of the operation that it is for */
  onAudience: (context: unknown, audience: string | undefined) => void;
}) {
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: TIMEOUTS.connectMs },
    headersTimeout: TIMEOUTS.subgraphMs,
    bodyTimeout: TIMEOUTS.subgraphMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  const textOf = rememberTexts((document) => stripIgnoredCharacters(print(document)));

  return {
    /** @param location of the subgraph in the supergraph @returns what executes at it */
    at(location: string): (request: SubgraphRequest) => Promise<ExecutionResult> {
      const { hostname: name, pathname, search } = new URL(location);
      const base = options.subgraphUrls[name];
      if (!base) return async () => unavailable(name, 'SERVICE_UNAVAILABLE');
      const { origin, pathname: folder } = new URL(base);
      const path = `${folder.replace(/\/$/, '')}${pathname}${search}`;
      return async ({ document, operationName, variables, extensions, context }) => {
        try {
          const { headers, body } = await agent.request({
            origin,
            path,
            method: 'POST',
            headers: {
              ...(extensions?.headers as Record<string, string> | undefined),
              'content-type': 'application/json',
              accept: 'application/json',
              'x-router-secret': options.routerSecret,
            },
            body: JSON.stringify({ query: textOf(document), variables, operationName }),
          });
          options.onAudience(context, headers[AUDIENCE_HEADER] as string | undefined);
          return resultOf(await body.text());
        } catch (error) {
          const code = error instanceof Error && 'code' in error ? String(error.code) : '';
          const late = /^UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT$/.test(code);
          return unavailable(name, late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNAVAILABLE');
        }
      };
    },
    close: (): Promise<void> => agent.close(),
  };
}

import { TIMEOUTS } from '@community/front-door/engine-settings';
import { type DocumentNode, type ExecutionResult, GraphQLError, print } from 'graphql';
import { Agent } from 'undici';
import { rememberTexts } from './document-text.ts';

const CONNECTIONS = 64;
/** The Apollo Router's codes of a subgraph that failed. */
const SUBGRAPH_FAILED = /^SUB(REQUEST|GRAPH)_/;

export type RemoteEngine = ReturnType<typeof createRemoteEngine>;

export interface RemoteRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

interface RemoteError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

const unavailable = (what: string, path?: readonly (string | number)[]) =>
  new GraphQLError(`${what} does not answer at the moment. Try again.`, {
    path: path ?? null,
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });

/** In the words of this graph, which say nothing of addresses. */
function toError({ message, path, extensions = {} }: RemoteError): GraphQLError {
  if (SUBGRAPH_FAILED.test(String(extensions.code)))
    return unavailable(`A part of the graph (${String(extensions.service ?? 'unknown')})`, path);
  const { code } = extensions;
  return new GraphQLError(message, { path: path ?? null, extensions: code ? { ...extensions, code } : extensions });
}

/**
 * An engine in another process, an Apollo Router, that plans and joins what is asked of the graph. Everything before that
 * (front door, persisted documents, limits, reports) and live streams stay here.
 * @param url where it takes GraphQL over HTTP
 */
export function createRemoteEngine(url: string) {
  const { origin, pathname } = new URL(url);
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: TIMEOUTS.connectMs },
    headersTimeout: TIMEOUTS.engineMs,
    bodyTimeout: TIMEOUTS.engineMs,
  });
  const textOf = rememberTexts(print);

  return {
    async execute({ document, operationName, variables, headers }: RemoteRequest): Promise<ExecutionResult> {
      try {
        const { body } = await agent.request({
          origin,
          path: pathname,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ query: textOf(document), operationName, variables }),
        });
        const { data, errors } = (await body.json()) as { data?: ExecutionResult['data']; errors?: RemoteError[] };
        return { data: data ?? null, ...(errors ? { errors: errors.map(toError) } : {}) };
      } catch {
        return { errors: [unavailable('The graph')] };
      }
    },
    close: (): Promise<void> => agent.close(),
  };
}

import { GraphQLError } from 'graphql';
import { Agent, fetch as undiciFetch } from 'undici';

const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** Shorter than subgraphs keep their side, or a request would be sent into a closing connection. */
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS = 64;

type Init = {
  method?: string;
  headers?: Record<string, string> | Headers;
  body?: unknown;
  signal?: AbortSignal | null;
};

/** A failure on the way to a subgraph, in words for clients. */
function unavailable(name: string, code: 'SERVICE_UNAVAILABLE' | 'SERVICE_TIMEOUT'): GraphQLError {
  const what = code === 'SERVICE_TIMEOUT' ? 'did not answer in time' : 'does not answer at the moment';
  return new GraphQLError(`A part of the graph (${name}) ${what}. Try again.`, { extensions: { code } });
}

/**
 * Sends requests to subgraphs. Names of the supergraph (`http://user/graphql`) become addresses, and every request
 * carries the router's secret, by which subgraphs know the router.
 */
export function createSubgraphFetch(options: { subgraphUrls: Readonly<Record<string, string>>; routerSecret: string }) {
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });

  async function fetch(url: string, init: Init = {}): Promise<Response> {
    const { hostname, pathname, search } = new URL(url);
    const base = options.subgraphUrls[hostname];
    if (!base) throw unavailable(hostname, 'SERVICE_UNAVAILABLE');
    const headers = new Headers(init.headers);
    headers.set('x-router-secret', options.routerSecret);
    try {
      const response = await undiciFetch(`${base}${pathname}${search}`, {
        method: init.method,
        headers: Object.fromEntries(headers),
        body: init.body as string,
        signal: init.signal ?? undefined,
        dispatcher: agent,
      });
      return response as unknown as Response;
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
      const late =
        cause === 'UND_ERR_HEADERS_TIMEOUT' || cause === 'UND_ERR_BODY_TIMEOUT' || cause === 'UND_ERR_CONNECT_TIMEOUT';
      throw unavailable(hostname, late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNAVAILABLE');
    }
  }

  return { fetch, close: () => agent.close() };
}

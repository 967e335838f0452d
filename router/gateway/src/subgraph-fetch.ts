import { setMaxListeners } from 'node:events';
import { TIMEOUTS } from '@community/front-door/engine-settings';
import { AUDIENCE_HEADER } from '@community/kit/audience';
import { Response } from '@whatwg-node/fetch';
import { GraphQLError } from 'graphql';
import { Agent, type Dispatcher } from 'undici';

/** Shorter than subgraphs keep their side, or a request would be sent into a closing connection. */
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS = 64;

interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | Headers;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null;
}

const headersOf = (headers: Init['headers'] = {}): Readonly<Record<string, string>> =>
  Symbol.iterator in headers ? Object.fromEntries(headers as Headers) : headers;

/** A failure on the way to a subgraph, in words for clients. */
function unavailable(name: string, code: 'SERVICE_UNAVAILABLE' | 'SERVICE_TIMEOUT'): GraphQLError {
  const what = code === 'SERVICE_TIMEOUT' ? 'did not answer in time' : 'does not answer at the moment';
  return new GraphQLError(`A part of the graph (${name}) ${what}. Try again.`, { extensions: { code } });
}

/**
 * Sends requests to subgraphs. Names of the supergraph (`http://user/graphql`) become addresses, and every request
 * carries the router's secret, by which subgraphs know the router. An answer is read as a whole, past the streams and
 * copies of the platform's own `fetch`, which cost more than all else that the gateway does with a small one.
 */
export function createSubgraphFetch(options: {
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

  async function fetch(url: string, init: Init = {}, context?: unknown): Promise<Response> {
    const { hostname, pathname, search } = new URL(url);
    const base = options.subgraphUrls[hostname];
    if (!base) throw unavailable(hostname, 'SERVICE_UNAVAILABLE');
    const { origin, pathname: folder } = new URL(base);
    // All requests of the engine may be ended by one signal.
    if (init.signal) setMaxListeners(0, init.signal);
    try {
      const { statusCode, headers, body } = await agent.request({
        origin,
        path: `${folder.replace(/\/$/, '')}${pathname}${search}`,
        method: (init.method ?? 'GET') as Dispatcher.HttpMethod,
        headers: { ...headersOf(init.headers), 'x-router-secret': options.routerSecret },
        body: init.body as string,
        signal: init.signal,
      });
      options.onAudience(context, headers[AUDIENCE_HEADER] as string | undefined);
      return new Response(await body.text(), { status: statusCode, headers: headers as Record<string, string> });
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const late = /^UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT$/.test(code);
      throw unavailable(hostname, late ? 'SERVICE_TIMEOUT' : 'SERVICE_UNAVAILABLE');
    }
  }

  return { fetch, close: () => agent.close() };
}

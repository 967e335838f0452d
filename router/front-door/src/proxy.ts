import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@community/kit/log';
import { Agent, type Dispatcher } from 'undici';
import { sendJson } from './answer.ts';
import { TIMEOUTS, unshared } from './engine-settings.ts';
import { endPartsAtOnce } from './multipart.ts';

const CONNECTIONS = 128;
/** Of one connection and not of what it carries (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

function endToEnd(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const ofConnection = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !HOP_BY_HOP.includes(entry[0]) && !ofConnection.includes(entry[0]),
    ),
  );
}

/** A request whose body the front door may have read already. */
type Read = IncomingMessage & { readonly body?: string | Buffer };

const hasBody = ({ method, headers }: IncomingMessage): boolean =>
  method !== 'GET' && method !== 'HEAD' && (headers['content-length'] !== '0' || 'transfer-encoding' in headers);

/**
 * Hands requests to an engine in another process, and its answers back, each piece as it comes: what a client does not
 * take is not read from the engine, and who goes ends what she has asked for.
 * @param url where the engine takes GraphQL over HTTP
 * @param readyUrl where it says that it can answer
 */
export function createProxy(url: string, readyUrl: string, log: Pick<Logger, 'warn'>) {
  const { origin, pathname } = new URL(url);
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: TIMEOUTS.connectMs },
    headersTimeout: TIMEOUTS.engineMs,
    // Streams last as long as their clients like.
    bodyTimeout: 0,
  });
  const streams = new WeakSet<ServerResponse>();

  async function answer(request: Read, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const { host: _, 'content-length': __, ...headers } = endToEnd(request.headers);
    const search = (request.url ?? '').split(/(?=\?)/, 2)[1] ?? '';
    const {
      statusCode,
      headers: answered,
      body,
    } = await agent.request({
      origin,
      path: pathname + search,
      method: request.method as Dispatcher.HttpMethod,
      headers: headers.authorization === undefined ? headers : { ...headers, ...unshared() },
      body: request.body ?? (hasBody(request) ? request : null),
      signal: gone.signal,
    });
    const type = String(answered['content-type'] ?? '');
    if (/event-stream|multipart/.test(type)) streams.add(response);
    response.writeHead(statusCode, endToEnd(answered) as OutgoingHttpHeaders);
    await pipeline([body, ...(type.startsWith('multipart/') ? [endPartsAtOnce()] : []), response]);
  }

  return {
    handle(request: IncomingMessage, response: ServerResponse): void {
      answer(request, response).catch((error: unknown) => {
        if (response.destroyed) return;
        log.warn({ err: error }, 'the engine does not answer');
        if (response.headersSent) return void response.destroy();
        const message = 'The graph does not answer at the moment. Try again.';
        sendJson(response, 503, { errors: [{ message, extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
      });
    },
    isStream: (response: ServerResponse): boolean => streams.has(response),
    /** Whether the engine says that it can answer. */
    async ready(): Promise<boolean> {
      try {
        const { origin: at, pathname: path } = new URL(readyUrl);
        const { statusCode, body } = await agent.request({ origin: at, path, method: 'GET' });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    close: (): Promise<void> => agent.destroy(),
  };
}

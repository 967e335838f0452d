import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Logger } from '@community/kit/log';
import { Agent, type Dispatcher } from 'undici';
import { Refusal, sendJson, sendRefusal } from './answer.ts';
import { compressed } from './compression.ts';
import { LIMITS, TIMEOUTS } from './engine-settings.ts';
import { isJsonPost, jsonOf, type Prepared, readOperationBody } from './operation-body.ts';
import type { OperationGuard } from './operation-guard.ts';

const CONNECTIONS = 128;
/** Of one connection and not of what it carries (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
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
]);

type EndToEnd = Record<string, string | string[]>;

/** @param but headers that are left out, too */
function endToEnd(headers: IncomingHttpHeaders, but: readonly string[] = []): EndToEnd {
  const kept: EndToEnd = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !HOP_BY_HOP.has(name)) kept[name] = value;
  }
  const ofConnection = headers.connection?.toLowerCase().split(',') ?? [];
  for (const name of [...ofConnection, ...but]) delete kept[name.trim()];
  return kept;
}

/** @returns nothing of what is no JSON: the engine says what is wrong with it */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What a request asks, as far as a guard can read it: a document also where its variables cannot be. */
function paramsOf(request: Prepared): unknown {
  if (request.method !== 'GET') return jsonOf(request);
  const search = new URL(request.url ?? '/', 'http://localhost').searchParams;
  return {
    query: search.get('query'),
    operationName: search.get('operationName'),
    variables: parsed(search.get('variables') ?? 'null'),
  };
}

/**
 * Hands requests to an engine in another process, and its answers back, each piece as it comes: what a client does not
 * take is not read from the engine, and who goes ends what she has asked for.
 * @param url where the engine takes GraphQL over HTTP
 * @param readyUrl where it says that it can answer
 * @param guard keeps from it what it would not survive
 */
export function createProxy({
  url,
  readyUrl,
  guard,
  log,
}: {
  url: string;
  readyUrl: string;
  guard: OperationGuard;
  log: Pick<Logger, 'warn'>;
}) {
  const { origin, pathname } = new URL(url);
  const agent = new Agent({
    connections: CONNECTIONS,
    connect: { timeout: TIMEOUTS.connectMs },
    headersTimeout: TIMEOUTS.engineMs,
    // Streams last as long as their clients like.
    bodyTimeout: 0,
  });

  /** Reads what is asked. @throws Refusal of what the engine must not be asked */
  async function check(request: Prepared): Promise<void> {
    if (request.method === 'POST') {
      if (!isJsonPost(request))
        throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send operations as application/json, not compressed.');
      const body = await readOperationBody(request, LIMITS.bodyBytes);
      if (typeof body !== 'string') throw new Refusal(400, 'BAD_REQUEST', 'The body is not JSON in UTF-8.');
    }
    const refused = guard.check(paramsOf(request));
    if (refused) throw new Refusal(400, refused.code, refused.message);
  }

  async function answer(request: Prepared, response: ServerResponse): Promise<void> {
    await check(request);
    const gone = new EventEmitter();
    response.once('close', () => {
      if (!response.writableFinished) gone.emit('abort');
    });
    const headers = endToEnd(request.headers, ['host', 'content-length']);
    const search = (request.url ?? '').split(/(?=\?)/, 2)[1] ?? '';
    const {
      statusCode,
      headers: answered,
      body,
    } = await agent.request({
      origin,
      path: pathname + search,
      method: request.method as Dispatcher.HttpMethod,
      headers,
      body: request.body ?? null,
      signal: gone,
    });
    // What is not a stream is a whole: to read it and send it on at once costs less than to pass it on in pieces.
    if (answered['content-length'] !== undefined && answered['content-encoding'] === undefined) {
      const whole = await compressed(request, response, Buffer.from(await body.bytes()));
      response.writeHead(statusCode, { ...endToEnd(answered), ...whole.headers }).end(whole.body);
      return;
    }
    response.writeHead(statusCode, endToEnd(answered) as OutgoingHttpHeaders);
    // A pipeline would make signals and errors for each answer, at a tenth of what the front door spends on it.
    await new Promise<void>((resolve, reject) => {
      body.once('error', reject);
      response.once('close', resolve);
      body.pipe(response);
    });
  }

  return {
    handle(request: IncomingMessage, response: ServerResponse): void {
      answer(request, response).catch((error: unknown) => {
        if (response.destroyed) return;
        if (error instanceof Refusal) return sendRefusal(request, response, error);
        log.warn({ err: error }, 'the engine does not answer');
        if (response.headersSent) return void response.destroy();
        const message = 'The graph does not answer at the moment. Try again.';
        sendJson(response, 503, { errors: [{ message, extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
      });
    },
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

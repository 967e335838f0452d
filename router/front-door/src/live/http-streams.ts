import type { IncomingMessage, ServerResponse } from 'node:http';
import { liveSocketsCutTotal } from '@community/kit/metrics';
import { Refusal, sendRefusal } from '../answer.ts';
import { LIMITS } from '../engine-settings.ts';
import { isJsonPost, jsonOf, type Prepared, readOperationBody } from '../operation-body.ts';
import { encodeError, type Hub } from './hub.ts';
import { type LiveOperation, type Operations, type Params, paramsSchema } from './operation.ts';
import { singleHeaders } from './socket-headers.ts';

const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Proxies close what is silent for longer; often enough, too, to find out that a client is gone. */
const HEARTBEAT_MS = 15_000;

/** How a protocol writes a stream into the body of an answer. */
interface Format {
  readonly contentType: string;
  readonly begin: string;
  readonly heartbeat: string;
  next(result: string): string;
  readonly end: string;
}

/** GraphQL over Server-Sent Events, distinct connections mode (graphql-sse, PROTOCOL.md). */
const SSE: Format = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: ':\n\n',
  heartbeat: ':\n\n',
  next: (result) => `event: next\ndata: ${result}\n\n`,
  end: 'event: complete\ndata:\n\n',
};

const EMPTY_PART = '\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql';

/** Apollo's multipart protocol for subscriptions: each part is ended at once by the boundary of the next. */
const MULTIPART: Format = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  begin: `\r\n--graphql${EMPTY_PART}`,
  heartbeat: EMPTY_PART,
  next: (result) => `\r\ncontent-type: application/json\r\n\r\n{"payload":${result}}\r\n--graphql`,
  end: '--\r\n',
};

function formatOf(request: IncomingMessage): Format | undefined {
  const accept = request.headers.accept ?? '';
  if (/multipart\/mixed[^,]*subscriptionSpec/i.test(accept)) return MULTIPART;
  return accept.includes('text/event-stream') ? SSE : undefined;
}

const streams = new WeakSet<ServerResponse>();

/** Whether an answer is a stream of events. */
export const isStream = (response: ServerResponse): boolean => streams.has(response);

function paramsOfUrl(url: string): Params | undefined {
  const search = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
  try {
    const json = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
    return paramsSchema.safeParse({
      ...search,
      variables: json(search.variables),
      extensions: json(search.extensions),
    }).data;
  } catch {
    return undefined;
  }
}

/** Serves subscriptions over HTTP: as Server-Sent Events, or by Apollo's multipart protocol, as the client accepts. */
export function createHttpStreams(hub: Hub, operations: Operations) {
  const stops = new Set<() => void>();

  function stream(response: ServerResponse, format: Format, operation: LiveOperation): void {
    response.writeHead(200, {
      'content-type': format.contentType,
      'cache-control': 'no-store, no-transform',
      // Tells nginx and those like it to hand on each event when it comes.
      'x-accel-buffering': 'no',
    });
    response.write(format.begin);
    streams.add(response);
    function send(text: string): void {
      if (response.writableLength > MAX_BUFFERED_BYTES) {
        liveSocketsCutTotal.inc({ reason: 'slow' });
        response.destroy();
      } else response.write(text);
    }
    const heartbeat = setInterval(() => send(format.heartbeat), HEARTBEAT_MS);
    const away = () => {
      send(format.next(encodeError('SERVICE_UNAVAILABLE', 'This stream has to end. Subscribe again.')));
      response.end(format.end);
    };
    const leave = hub.join(operation, {
      next: (result) => send(format.next(result)),
      complete: () => response.end(format.end),
      lost: away,
    });
    const stop = () => {
      leave();
      away();
    };
    stops.add(stop);
    response.once('close', () => {
      stops.delete(stop);
      clearInterval(heartbeat);
      leave();
    });
  }

  async function answer(request: Prepared, response: ServerResponse, format: Format, next: () => void): Promise<void> {
    if (request.method === 'POST') await readOperationBody(request, LIMITS.bodyBytes);
    const params =
      request.method === 'POST' ? paramsSchema.safeParse(jsonOf(request)).data : paramsOfUrl(request.url ?? '/');
    const headers = singleHeaders(request.headers);
    if (params && operations.isSubscription({ params, headers })) stream(response, format, { params, headers });
    else next();
  }

  return {
    /** @param next answers what is no subscription */
    handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
      const format = formatOf(request);
      const isOperation = request.method === 'GET' || isJsonPost(request);
      if (!format || !isOperation) next();
      else
        answer(request, response, format, next).catch((error: unknown) => {
          if (!(error instanceof Refusal) || response.headersSent) return void response.destroy();
          response.setHeader('connection', 'close');
          sendRefusal(request, response, error);
        });
    },
    /** Ends all streams, so that their clients come again elsewhere. */
    stop(): void {
      for (const stop of stops) stop();
    },
  };
}

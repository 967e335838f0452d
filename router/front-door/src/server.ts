import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createEphemeral } from '@community/ephemeral/create-ephemeral';
import type { Logger } from '@community/kit/log';
import { createMemberTokenVerifier } from '@community/kit/member-token';
import { collectProcessMetrics, httpRequestDuration, httpRequestsTotal, renderMetrics } from '@community/kit/metrics';
import { secretsMatch } from '@community/kit/secret';
import { sendJson } from './answer.ts';
import { createAudiences } from './audiences.ts';
import type { FrontDoorConfig } from './config.ts';
import { type Admit, createFrontDoor } from './front-door.ts';
import { isStream } from './live/http-streams.ts';
import type { FrontDoorOptions } from './options.ts';

/** Shorter than load balancers before us keep their side. */
const KEEP_ALIVE_MS = 65_000;
const DRAIN_MS = 1_200;
/** The address of a subgraph that is not there: nothing listens at the port of discard. */
const NOWHERE = 'http://127.0.0.1:9';
const ROUTES = new Set([
  '/graphql',
  '/health',
  '/ready',
  '/metrics',
  '/auth/sign-up',
  '/auth/sign-in',
  '/auth/refresh',
  '/auth/sign-out',
  '/auth/session',
  '/mail/unsubscribe',
  '/.well-known/jwks.json',
]);

/** Whoever answers `/graphql` behind a front door. */
export interface Behind {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes a WebSocket. @param admit says whether its client may send one more operation */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): void;
  /** Whether it can answer. */
  ready(): Promise<boolean>;
  /** The operation that a request asked for, for its line in the log. */
  operationOf(request: IncomingMessage): string | undefined;
  /** Sends the clients of live streams elsewhere. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface FrontDoorServer {
  readonly port: number;
  /** Finishes what is under way, and closes. */
  stop(): Promise<void>;
}

/** Listens with a front door before whoever answers operations. */
export async function startFrontDoor(
  config: FrontDoorConfig,
  {
    name,
    log,
    behind,
    ...options
  }: { name: string; log: Logger; behind: Behind } & Pick<FrontDoorOptions, 'bodyBytes' | 'unsharedHeaders'>,
): Promise<FrontDoorServer> {
  collectProcessMetrics();
  const ephemeral = await createEphemeral({ redisUrl: config.redisUrl, prefix: `community:${name}`, log });
  const authUrl = config.subgraphUrls.auth ?? NOWHERE;
  const audiences = createAudiences({ ...config, log });
  const frontDoor = createFrontDoor({
    ...config,
    ...options,
    authUrl,
    notificationUrl: config.subgraphUrls.notification ?? NOWHERE,
    limits: ephemeral,
    tokens: createMemberTokenVerifier({
      fetchJwks: async () =>
        (await fetch(`${authUrl}/.well-known/jwks.json`, { signal: AbortSignal.timeout(2_000) })).json(),
      onError: () => log.warn("auth's keys cannot be fetched; known ones stay in use"),
    }),
    audiences: config.sharedReads ? audiences : undefined,
    log,
  });
  let isStopping = false;

  function observe(request: IncomingMessage, response: ServerResponse, path: string): void {
    const start = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const labels = {
        method: request.method ?? '',
        route: ROUTES.has(path) ? path : 'other',
        status_code: response.statusCode,
      };
      if (!isStream(response)) httpRequestDuration.observe(labels, seconds);
      httpRequestsTotal.inc(labels);
      log.info(
        {
          ...labels,
          ms: Math.round(seconds * 1e6) / 1e3,
          operation: behind.operationOf(request),
          requestId: request.headers['x-request-id'],
          traceId: String(request.headers.traceparent ?? '').split('-')[1],
        },
        'request',
      );
    });
  }

  async function tellReady(response: ServerResponse): Promise<void> {
    if (isStopping) return sendJson(response, 503, { status: 'stopping' });
    const ready = await behind.ready();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'starting' });
  }

  async function tellMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!secretsMatch(request.headers['x-router-secret'] as string | undefined, config.routerSecret))
      return sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'There is nothing at /metrics.' } });
    const { contentType, body } = await renderMetrics();
    response.writeHead(200, { 'content-type': contentType }).end(body);
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const fail = () => response.writeHead(500).end();
    if (isStopping) response.setHeader('connection', 'close');
    if (path === '/health') return sendJson(response, 200, { status: 'ok' });
    if (path === '/ready') return void tellReady(response).catch(fail);
    if (path === '/metrics') return void tellMetrics(request, response).catch(fail);
    if (path === '/' && !config.production) return void response.writeHead(302, { location: '/graphql' }).end();
    observe(request, response, path);
    frontDoor.handle(request, response, behind.handle);
  });
  server.on('upgrade', (request, socket, head) => {
    if (isStopping) socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    else frontDoor.upgrade(request, socket, (admit) => behind.upgrade(request, socket, head, admit));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'ready');

  async function stop(): Promise<void> {
    isStopping = true;
    const drained = behind.drain();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      const sweep = setInterval(() => server.closeIdleConnections(), 25);
      const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      server.once('close', () => {
        clearInterval(sweep);
        clearTimeout(cut);
      });
    });
    await drained;
    await behind.close();
    await audiences.close();
    await ephemeral.close();
  }

  let stopped: Promise<void> | undefined;
  return {
    port,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

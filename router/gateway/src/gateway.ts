import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEphemeral } from '@community/ephemeral/create-ephemeral';
import { createAudiences } from '@community/front-door/audiences';
import { createFrontDoor } from '@community/front-door/front-door';
import { createLog } from '@community/kit/log';
import { createMemberTokenVerifier } from '@community/kit/member-token';
import { collectProcessMetrics, httpRequestDuration, httpRequestsTotal, renderMetrics } from '@community/kit/metrics';
import { secretsMatch } from '@community/kit/secret';
import type { GatewayConfig } from './config.ts';
import { createEngine } from './engine.ts';
import { EXEMPTION_HEADER } from './exemption.ts';
import { isStream } from './live/http-streams.ts';
import { openPersistedDocuments } from './persisted-documents.ts';
import { LIMITS } from './plugins/limits.ts';
import { operationOf } from './plugins/operation-metrics.ts';
import { openSupergraph } from './supergraph-file.ts';
import { followUplink } from './uplink.ts';
import { createUsageReporter } from './usage-reporter.ts';

/** Shorter than load balancers before us keep their side. */
const KEEP_ALIVE_MS = 65_000;
const DRAIN_MS = 1_200;

export interface Gateway {
  readonly port: number;
  /** Finishes what is under way, and closes. */
  stop(): Promise<void>;
}

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

function sendJson(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

const registryOptions = ({ url, key, graphRef }: NonNullable<GatewayConfig['registry']>) => ({
  registryUrl: url,
  key,
  graphRef,
});

/** Starts the router: the front door and, behind it, the engine that plans and joins. */
export async function startGateway(config: GatewayConfig): Promise<Gateway> {
  const log = createLog('gateway', config.logLevel);
  collectProcessMetrics();
  const ephemeral = await createEphemeral({ redisUrl: config.redisUrl, prefix: 'community:gateway', log });
  const supergraph = openSupergraph(config.supergraphPath, log);
  const documents = openPersistedDocuments(config.documentsPath, log);
  const reporter = config.registry && createUsageReporter({ ...registryOptions(config.registry), log });
  const engine = createEngine(config, supergraph, documents, reporter, log);
  const authUrl = config.subgraphUrls.auth ?? NOWHERE;
  const audiences = createAudiences({ ...config, log });
  const frontDoor = createFrontDoor({
    authUrl,
    notificationUrl: config.subgraphUrls.notification ?? NOWHERE,
    routerSecret: config.routerSecret,
    publicUrl: config.publicUrl,
    corsOrigins: config.corsOrigins,
    trustedProxies: config.trustedProxies,
    rateLimits: config.rateLimits,
    limits: ephemeral,
    tokens: createMemberTokenVerifier({
      fetchJwks: async () =>
        (await fetch(`${authUrl}/.well-known/jwks.json`, { signal: AbortSignal.timeout(2_000) })).json(),
      onError: () => log.warn("auth's keys cannot be fetched; known ones stay in use"),
    }),
    audiences: config.sharedReads ? audiences : { now: async () => null },
    bodyBytes: LIMITS.bodyBytes,
    unsharedHeaders: [EXEMPTION_HEADER],
    log,
  });
  let state: 'starting' | 'ready' | 'stopping' = 'starting';

  function observe(request: IncomingMessage, response: ServerResponse, path: string): void {
    const start = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      const labels = {
        method: request.method ?? '',
        route: ROUTES.has(path) ? path : 'other',
        status_code: response.statusCode,
      };
      // A stream lasts as long as its client likes.
      if (!isStream(response)) httpRequestDuration.observe(labels, seconds);
      httpRequestsTotal.inc(labels);
      log.info(
        {
          ...labels,
          ms: Math.round(seconds * 1e6) / 1e3,
          operation: operationOf(request),
          requestId: request.headers['x-request-id'],
          traceId: String(request.headers.traceparent ?? '').split('-')[1],
        },
        'request',
      );
    });
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (state === 'stopping') response.setHeader('connection', 'close');
    if (path === '/health') return sendJson(response, 200, { status: 'ok' });
    if (path === '/ready') return sendJson(response, state === 'ready' ? 200 : 503, { status: state });
    if (
      path === '/metrics' &&
      secretsMatch(request.headers['x-router-secret'] as string | undefined, config.routerSecret)
    ) {
      renderMetrics().then(
        ({ contentType, body }) => response.writeHead(200, { 'content-type': contentType }).end(body),
        () => response.writeHead(500).end(),
      );
      return;
    }
    if (path === '/metrics')
      return sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'There is nothing at /metrics.' } });
    if (path === '/' && !config.production) return void response.writeHead(302, { location: '/graphql' }).end();
    observe(request, response, path);
    frontDoor.handle(request, response, engine.handle);
  });
  server.on('upgrade', (request, socket, head) => {
    if (state === 'stopping') socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
    else frontDoor.upgrade(request, socket, (admit) => engine.upgrade(request, socket, head, admit));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await engine.load();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  const uplink =
    config.registry &&
    followUplink({
      ...registryOptions(config.registry),
      supergraphPath: config.supergraphPath,
      documentsPath: config.documentsPath,
      log,
    });
  state = 'ready';
  const { port } = server.address() as AddressInfo;
  log.info({ port }, 'ready');
  let stopped: Promise<void> | undefined;

  return {
    port,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    state = 'stopping';
    uplink?.stop();
    const drained = engine.drain();
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
    await reporter?.stop();
    await engine.close();
    await audiences.close();
    await ephemeral.close();
  }
}

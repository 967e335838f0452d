import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { httpRequestDuration, httpRequestsTotal } from './metrics.ts';

/** Longer than the router keeps its side of an idle connection, or it would send into a closing one. */
const KEEP_ALIVE_MS = 75_000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

export type HttpHandler = (request: IncomingMessage, path: string, search: string) => Promise<HttpAnswer>;

/** What gets a connection that asks to become another protocol's, with the first bytes of it. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** A route: a path, or a prefix when it ends with `/`. */
export type Routes = Record<string, HttpHandler>;

/** A body that cannot be used, with the status that says so. */
export class BadRequestError extends Error {
  override name = 'BadRequestError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** An error in the form of a GraphQL response. */
export function graphqlError(status: number, code: string, message: string): HttpAnswer {
  return json(status, { errors: [{ message, extensions: { code } }] });
}

/**
 * Reads a body.
 * @throws BadRequestError 413 over the limit
 */
export function readBody(request: IncomingMessage, maxBytes = MAX_BODY_BYTES): Promise<Buffer> {
  // By events: an asynchronous iterator over a small body costs more than the rest of a request.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        request.off('data', take);
        request.resume();
        reject(new BadRequestError(413, `The body has more than ${maxBytes} bytes.`));
      } else chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new BadRequestError(400, 'The body ended early.'));
    });
  });
}

/**
 * Reads a JSON body.
 * @throws BadRequestError 413 over the limit (4 MiB unless told), 400 when it is not JSON in UTF-8
 */
export async function readJson(request: IncomingMessage, maxBytes?: number): Promise<unknown> {
  const body = await readBody(request, maxBytes);
  if (body.length === 0) return undefined;
  try {
    if (isUtf8(body)) return JSON.parse(body.toString());
  } catch {}
  throw new BadRequestError(400, 'The body is not JSON in UTF-8.');
}

function findRoute(routes: Routes, path: string): [string, HttpHandler] | undefined {
  const exact = routes[path];
  if (exact) return [path, exact];
  return Object.entries(routes).find(([route]) => route.endsWith('/') && path.startsWith(route));
}

/** Starts an HTTP server over a table of routes; each request is measured by its route. */
export async function listen(options: {
  host: string;
  port: number;
  routes: Routes;
  onError: (error: unknown) => void;
  /** Takes connections that become WebSockets; without it none does. */
  onUpgrade?: UpgradeHandler;
}): Promise<{ port: number; close(): Promise<void> }> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = process.hrtime.bigint();
    const [path = '/', search = ''] = (request.url ?? '/').split(/(?=\?)/, 2);
    const found = findRoute(options.routes, path);
    let result: HttpAnswer;
    try {
      result = found
        ? await found[1](request, path, search)
        : json(404, { error: { code: 'NOT_FOUND', message: `There is nothing at ${path}.` } });
    } catch (error) {
      if (error instanceof BadRequestError) result = graphqlError(error.status, 'BAD_REQUEST', error.message);
      else {
        options.onError(error);
        result = graphqlError(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here. It was recorded.');
      }
    }
    // Whoever sends too much is told, and not listened to any longer.
    if (result.status === 413) response.setHeader('connection', 'close');
    response.writeHead(result.status, { ...result.headers, 'content-length': Buffer.byteLength(result.body) });
    response.end(result.body);
    const labels = { method: request.method ?? '', route: found?.[0] ?? 'unknown', status_code: result.status };
    httpRequestDuration.observe(labels, Number(process.hrtime.bigint() - start) / 1e9);
    httpRequestsTotal.inc(labels);
  }

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      options.onError(error);
      response.destroy();
    });
  });
  if (options.onUpgrade) server.on('upgrade', options.onUpgrade);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Keep-alive connections that are answering now are closed as soon as they are idle.
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.once('close', () => clearInterval(sweep));
      }),
  };
}

/** The one value of a header. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

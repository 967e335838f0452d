import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** The largest body of a request to /auth, in bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/** An expected failure, to be answered as it is. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly status: number;
  readonly code: string;
  readonly path: readonly string[];
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: { path?: readonly string[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.path = details.path ?? [];
    this.headers = details.headers ?? {};
  }
}

/** Answers in JSON, never to be cached. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string | string[]> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Answers a refusal: as a GraphQL response where a GraphQL client asks, else as `{ error }`. */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const graphql = (request.url ?? '').startsWith('/graphql');
  const { message, code, path, status, headers } = refusal;
  sendJson(
    response,
    status,
    graphql ? { errors: [{ message, extensions: { code } }] } : { error: { code, message, path } },
    headers,
  );
}

/** Answers a connection that was to become a WebSocket. */
export function refuseUpgrade(socket: Duplex, { status, code, message, headers }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const lines = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
    ...headers,
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) throw new Refusal(413, 'BODY_TOO_LARGE', `The body may have ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Reads a small text. @throws Refusal */
export async function readText(request: IncomingMessage): Promise<string> {
  return (await readBody(request)).toString('utf8');
}

/** Reads a small JSON object. @throws Refusal */
export async function readObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const bytes = await readBody(request);
  if (bytes.length === 0) return {};
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const where = error instanceof SyntaxError ? ` (${error.message.replace(/"[^"]*"\.{0,3}/g, 'it')})` : '';
    throw new Refusal(400, 'BAD_JSON', `The body is not JSON in UTF-8${where}.`);
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal(400, 'BAD_JSON', 'The body must be a JSON object.');
  return body as Record<string, unknown>;
}

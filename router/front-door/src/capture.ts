import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** An answer that can be given again. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** Of one connection, or of one moment. */
const NOT_KEPT = ['connection', 'keep-alive', 'transfer-encoding', 'date', 'content-length'];

/** Sets headers that came in one of the forms that `writeHead` takes: an object, or names and values in turn. */
export function setHeaders(
  response: ServerResponse,
  headers: readonly OutgoingHttpHeader[] | OutgoingHttpHeaders,
): void {
  const pairs: [string, OutgoingHttpHeader | undefined][] = Array.isArray(headers)
    ? headers.flatMap((name, i) => (i % 2 === 0 ? [[String(name), headers[i + 1]]] : []))
    : Object.entries(headers);
  for (const [name, value] of pairs) if (value !== undefined) response.setHeader(name, value);
}

/**
 * Takes a header out of an answer before it is sent, and tells of it.
 * @param taken is called once, before anything is sent
 */
export function takeHeader(response: ServerResponse, name: string, taken: (value: string | undefined) => void): void {
  const writeHead = response.writeHead;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.writeHead = writeHead;
    const [reason, headers] = typeof rest[0] === 'string' ? [rest[0], rest[1]] : [undefined, rest[0]];
    if (headers) setHeaders(response, headers as OutgoingHttpHeaders);
    const value = response.getHeader(name);
    response.removeHeader(name);
    taken(value === undefined ? undefined : String(value));
    return reason === undefined ? response.writeHead(status) : response.writeHead(status, reason);
  }) as typeof response.writeHead;
}

/** A copy of what is written by `write` or `end`; undefined when that is nothing, or a callback. */
export function bytesOf(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string')
    return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
}

/**
 * Copies an answer while it is sent.
 * @param limit of its body in bytes; a larger one is not copied
 * @returns the answer when it was written as a whole; null when it is too large, or its client went
 */
export function captureAnswer(response: ServerResponse, limit: number): Promise<Answer | null> {
  const before = { ...response.getHeaders() };
  const { write, end } = response;
  const chunks: Buffer[] = [];
  let size = 0;

  function copy(chunk: unknown, encoding: unknown): void {
    const bytes = bytesOf(chunk, encoding);
    if (!bytes) return;
    size += bytes.length;
    if (size <= limit) chunks.push(bytes);
    else chunks.length = 0;
  }

  return new Promise((resolve) => {
    response.write = function (this: ServerResponse, ...args: Parameters<typeof write>) {
      copy(args[0], args[1]);
      return Reflect.apply(write, response, args) as boolean;
    } as typeof write;
    response.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
      copy(args[0], args[1]);
      response.write = write;
      response.end = end;
      Reflect.apply(end, response, args);
      const headers = Object.fromEntries(
        Object.entries(response.getHeaders()).filter(
          ([name, value]) => before[name] !== value && !NOT_KEPT.includes(name),
        ),
      );
      resolve(size > limit ? null : { status: response.statusCode, headers, body: Buffer.concat(chunks) });
      return response;
    } as typeof end;
    response.once('close', () => resolve(null));
  });
}

/** Gives an answer again. */
export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
}

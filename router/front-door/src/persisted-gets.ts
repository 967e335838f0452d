import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { bytesOf, setHeaders } from './capture.ts';

/** Public answers may be kept by caches on the way for this long. */
const SHARED_SECONDS = 30;
/** What is larger is sent as it comes, and kept by no cache. */
const HELD_BYTES = 1024 * 1024;
const DECODERS: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  identity: (body) => body,
  gzip: gunzipSync,
  br: brotliDecompressSync,
  deflate: inflateSync,
};

/** The id of a persisted document in the query string of a GET that carries none: `documentId`, or Apollo's in `extensions`. */
export function persistedIdOf(url: string): string | undefined {
  const search = new URL(url, 'http://localhost').searchParams;
  if (search.has('query')) return undefined;
  const documentId = search.get('documentId');
  if (documentId) return documentId;
  try {
    const extensions = JSON.parse(search.get('extensions') ?? '{}') as { persistedQuery?: { sha256Hash?: unknown } };
    const hash = extensions.persistedQuery?.sha256Hash;
    return typeof hash === 'string' ? hash : undefined;
  } catch {
    return undefined;
  }
}

function hasErrors(encoding: string, body: Buffer): boolean {
  try {
    const { errors } = JSON.parse(String(DECODERS[encoding]?.(body))) as { errors?: unknown };
    return errors !== undefined;
  } catch {
    return true;
  }
}

/**
 * Prepares a GET by id alone, and tells caches on the way what they may do with its answer. Such a GET is safe to answer
 * without the header that other simple requests need: it names a stored query, and mutations are not taken by GET. Caches
 * and links send no such header.
 */
export function preparePersistedGet(request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' || persistedIdOf(request.url ?? '/') === undefined) return;
  request.headers['apollo-require-preflight'] = 'persisted';
  if (/event-stream|multipart/i.test(request.headers.accept ?? '')) return;
  const isMember = 'authorization' in request.headers;
  const { writeHead, write, end } = response;
  let chunks: Buffer[] | null = [];
  let size = 0;

  function tell(control: string): void {
    response.setHeader('cache-control', control);
    const vary = response.getHeader('vary');
    response.setHeader('vary', [vary, 'Authorization, Cookie, apollographql-client-name'].filter(Boolean).join(', '));
  }
  /** What was held goes on its way. */
  function release(control: string): void {
    Object.assign(response, { writeHead, write, end });
    tell(control);
    for (const chunk of chunks ?? []) response.write(chunk);
    chunks = null;
  }
  function hold(chunk: unknown, encoding: unknown): void {
    const bytes = bytesOf(chunk, encoding);
    if (!bytes) return;
    size += bytes.length;
    chunks?.push(bytes);
    if (size > HELD_BYTES) release('no-store');
  }
  function controlOf(body: Buffer): string {
    const encoding = String(response.getHeader('content-encoding') ?? 'identity');
    if (response.statusCode !== 200) return 'no-store';
    if (isMember) return 'private, no-cache';
    return hasErrors(encoding, body)
      ? 'no-store'
      : `public, max-age=${SHARED_SECONDS}, stale-while-revalidate=${SHARED_SECONDS}`;
  }

  response.writeHead = ((status: number, ...rest: unknown[]) => {
    const headers = typeof rest[0] === 'string' ? rest[1] : rest[0];
    response.statusCode = status;
    if (headers) setHeaders(response, headers as OutgoingHttpHeaders);
    return response;
  }) as typeof writeHead;
  response.write = ((chunk: unknown, encoding: unknown, done: unknown) => {
    hold(chunk, encoding);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback as () => void);
    return true;
  }) as typeof write;
  response.end = ((chunk: unknown, encoding: unknown) => {
    hold(chunk, encoding);
    if (chunks) release(controlOf(Buffer.concat(chunks)));
    const callback = [chunk, encoding].find((one) => typeof one === 'function');
    return Reflect.apply(end, response, callback ? [callback] : []) as ServerResponse;
  }) as typeof end;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A smaller answer travels in one packet either way, and compressing it costs more than making it. */
export const SMALLEST_BYTES = 1_024;

/**
 * Compresses the body of an answer if it is worth it and the client understands it, and tells caches that there are two.
 * @returns the body to send, and what is to be said of it
 */
export async function compressed(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<{ body: Buffer; headers: Record<string, string | number> }> {
  if (body.length < SMALLEST_BYTES) return { body, headers: { 'content-length': body.length } };
  const vary = [response.getHeader('vary'), 'Accept-Encoding'].flat().filter(Boolean);
  response.setHeader('vary', vary.join(', '));
  const isUnderstood = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = isUnderstood ? await compress(body) : body;
  return {
    body: sent,
    headers: {
      'content-length': sent.length,
      ...(isUnderstood ? { 'content-encoding': 'gzip' } : {}),
    },
  };
}

import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A smaller answer travels in one packet either way, and compressing it costs more than making it. */
export const SMALLEST_BYTES = 1_024;

/**
 * Compresses the body of an answer if it is worth it and the client understands it.
 * @returns the body to send, and what is to be said of it
 */
export async function compressed(
  request: IncomingMessage,
  body: Buffer,
): Promise<{ body: Buffer; headers: Record<string, string | number> }> {
  if (body.length < SMALLEST_BYTES) return { body, headers: { 'content-length': body.length } };
  const isUnderstood = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = isUnderstood ? await compress(body) : body;
  return {
    body: sent,
    headers: {
      'content-length': sent.length,
      vary: 'Accept-Encoding',
      ...(isUnderstood ? { 'content-encoding': 'gzip' } : {}),
    },
  };
}

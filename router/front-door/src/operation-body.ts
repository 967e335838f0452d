import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { BadRequestError, readBody } from '@community/kit/http';
import { Refusal } from './answer.ts';

/** A request whose body may have been read; an engine then takes it from here. */
export type Prepared = IncomingMessage & { body?: string | Buffer };

/** Whether a request carries operations as they are mostly sent: JSON that is not compressed. */
export const isJsonPost = ({ method, headers }: IncomingMessage): boolean =>
  method === 'POST' &&
  /^application\/json\b/i.test(headers['content-type'] ?? '') &&
  (headers['content-encoding'] ?? 'identity') === 'identity';

/**
 * Reads the body of a request, once.
 * @returns text, or bytes that are none
 * @throws Refusal of a body that is too large, or not sent as a whole
 */
export async function readOperationBody(request: Prepared, bodyBytes: number): Promise<string | Buffer> {
  if (request.body !== undefined) return request.body;
  const raw = await readBody(request, bodyBytes).catch((error: unknown) => {
    if (!(error instanceof BadRequestError)) throw error;
    throw new Refusal(error.status, error.status === 413 ? 'BODY_TOO_LARGE' : 'BAD_REQUEST', error.message);
  });
  request.body = isUtf8(raw) ? String(raw) : raw;
  return request.body;
}

/** What bodies say, read once however many look at them. */
const parsed = new WeakMap<Prepared, { readonly json: unknown }>();

/** What the body of a request says that was read; undefined of what is no JSON in UTF-8, which an engine has to refuse. */
export function jsonOf(request: Prepared): unknown {
  const known = parsed.get(request);
  if (known) return known.json;
  let json: unknown;
  try {
    json = typeof request.body === 'string' ? JSON.parse(request.body) : undefined;
  } catch {}
  parsed.set(request, { json });
  return json;
}

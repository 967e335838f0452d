import { isUtf8 } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import { quoted, ReportError } from './reported-operation.ts';

const MAX_BYTES = 20 * 1024 * 1024;

/**
 * The bytes of a report, unpacked where the sender packed them.
 * @throws ReportError when they are none, too many, or packed otherwise than by gzip
 */
export function inflate(body: Uint8Array, contentEncoding: string | undefined): Uint8Array {
  const encoding = contentEncoding?.trim().toLowerCase() || 'identity';
  if (body.length === 0) throw new ReportError('The report is empty.');
  if (encoding === 'identity') {
    if (body.length > MAX_BYTES) throw new ReportError(tooLarge());
    return body;
  }
  if (encoding !== 'gzip') {
    throw new ReportError(`The content encoding ${quoted(encoding)} is not supported; send gzip or none.`);
  }
  try {
    return gunzipSync(body, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const isOverLimit = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new ReportError(isOverLimit ? tooLarge() : `The body is not complete gzip data: ${reason(cause)}.`, {
      cause,
    });
  }
}

/**
 * The JSON of a report.
 * @throws ReportError
 */
export function jsonOf(body: Uint8Array, contentEncoding: string | undefined): unknown {
  const bytes = inflate(body, contentEncoding);
  try {
    if (isUtf8(bytes)) return JSON.parse(Buffer.from(bytes).toString());
  } catch {}
  throw new ReportError('The body is not JSON in UTF-8.');
}

function tooLarge(): string {
  return `The report is larger than ${MAX_BYTES / 1024 / 1024} MB (uncompressed).`;
}

export function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

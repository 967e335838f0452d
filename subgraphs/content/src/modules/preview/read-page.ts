import type { IncomingMessage } from 'node:http';
import { guardedGet, type Network } from './guarded-get.ts';
import { readPageUrl } from './page-url.ts';

const MOST_REDIRECTS = 3;
/** For all of it, redirects included. */
const TIMEOUT_MS = 5_000;
/** What a page says of itself stands at its beginning. */
const MOST_BYTES = 256 * 1_024;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const HTML = /^\s*(text\/html|application\/xhtml\+xml)\b/i;
const CHARSET = /charset\s*=\s*["']?([\w-]{1,40})/i;

async function beginningOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES);
}

function decode(bytes: Buffer, contentType: string): string {
  const named = CHARSET.exec(contentType) ?? CHARSET.exec(bytes.subarray(0, 1_024).toString('latin1'));
  try {
    return new TextDecoder(named?.[1] ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/**
 * Reads the beginning of a page. Every redirect is checked as the first address was; a page that is too slow, of another type
 * or an error is none.
 * @returns its HTML; null when there is no such page
 */
export async function readPage(url: URL, network: Network, timeoutMs = TIMEOUT_MS): Promise<string | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  let next: URL | null = url;
  for (let hops = 0; next && hops <= MOST_REDIRECTS; hops += 1) {
    let response: IncomingMessage | undefined;
    try {
      response = await guardedGet(next, network, signal);
      const { statusCode = 0, headers } = response;
      const contentType = headers['content-type'] ?? '';
      if (statusCode === 200) return HTML.test(contentType) ? decode(await beginningOf(response), contentType) : null;
      next = REDIRECTS.has(statusCode) && headers.location ? readPageUrl(headers.location, next) : null;
    } catch {
      // Whatever it is, it is the page's fault or the network's, and there is no preview.
      return null;
    } finally {
      response?.destroy();
    }
  }
  return null;
}

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that carries cookies comes from a page that may use them. Browsers say where a request comes from
 * by `Origin`, on all but simple reads of the same origin, and by `Sec-Fetch-Site`.
 * @param ownOrigins the platform's own origins and those that CORS allows
 */
export function comesFromOurPages(headers: IncomingHttpHeaders, ownOrigins: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined) return ownOrigins.has(headers.origin);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a body is one that a form of another site cannot send without asking first (CORS preflight). */
export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headers['content-type'] ?? '');
}

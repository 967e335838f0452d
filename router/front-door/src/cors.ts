import type { IncomingMessage, ServerResponse } from 'node:http';

const PREFLIGHT_SECONDS = '7200';
const ALLOWED_HEADERS =
  'content-type, authorization, x-request-id, traceparent, apollo-require-preflight, apollographql-client-name, apollographql-client-version';

/**
 * Lets pages of the allowed origins use the platform with their members' cookies (Fetch, CORS protocol).
 * @returns whether the request was a preflight, and is answered
 */
export function handleCors(request: IncomingMessage, response: ServerResponse, allowed: ReadonlySet<string>): boolean {
  const { origin } = request.headers;
  const preflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  response.appendHeader('vary', 'origin');
  if (origin && allowed.has(origin)) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader(
      'access-control-expose-headers',
      'x-request-id, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after',
    );
    if (preflight) {
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.setHeader('access-control-allow-headers', ALLOWED_HEADERS);
      response.setHeader('access-control-max-age', PREFLIGHT_SECONDS);
    }
  }
  if (preflight) response.writeHead(204, { 'content-length': '0' }).end();
  return preflight;
}

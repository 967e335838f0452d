import type { ServerResponse } from 'node:http';

/** Headers that every answer has, pages among them. */
export function setSecurityHeaders(response: ServerResponse, secure: boolean): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('x-frame-options', 'DENY');
  if (secure) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
}

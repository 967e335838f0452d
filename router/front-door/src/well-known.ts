import type { ServerResponse } from 'node:http';
import { Refusal, sendJson } from './answer.ts';

const TIMEOUT_MS = 2_000;

/** `/.well-known/*`: what auth publishes for everybody. */
export function createWellKnown(authUrl: string): (path: string, response: ServerResponse) => Promise<void> {
  return async (path, response) => {
    if (path !== '/.well-known/jwks.json') throw new Refusal(404, 'NOT_FOUND', `There is nothing at ${path}.`);
    let keys: unknown;
    try {
      keys = await (await fetch(`${authUrl}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) })).json();
    } catch {
      throw new Refusal(503, 'SERVICE_UNAVAILABLE', 'The keys cannot be read at the moment. Try again soon.', {
        headers: { 'retry-after': '2' },
      });
    }
    sendJson(response, 200, keys, { 'cache-control': 'public, max-age=300' });
  };
}

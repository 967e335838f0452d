import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, readObject, sendJson } from './answer.ts';
import type { SignedIn } from './auth-client.ts';
import type { Cookies } from './cookies.ts';
import { comesFromOurPages, isJson } from './csrf.ts';

export type BrowserSession = ReturnType<typeof createBrowserSession>;

/** What all routes that change a browser's session share. */
export function createBrowserSession({ cookies, ownOrigins }: { cookies: Cookies; ownOrigins: ReadonlySet<string> }) {
  return {
    /** Reads the body of a request that changes a session. @throws Refusal for one of another site */
    async readChange(request: IncomingMessage): Promise<Record<string, unknown>> {
      if (!comesFromOurPages(request.headers, ownOrigins))
        throw new Refusal(
          403,
          'CROSS_SITE',
          'This request comes from another site. Its origin must be in CORS_ORIGINS.',
        );
      if (!isJson(request.headers))
        throw new Refusal(415, 'NOT_JSON', 'Send JSON, with content-type: application/json.');
      return readObject(request);
    },

    /** Answers with the cookies of a session, and no token that a page can read. */
    begin(response: ServerResponse, status: number, { session, account }: SignedIn): void {
      const data = { ...(account ? { account } : {}), accessTokenExpiresAt: session.accessTokenExpiresAt };
      sendJson(response, status, { data }, { 'set-cookie': cookies.begin(session) });
    },
  };
}

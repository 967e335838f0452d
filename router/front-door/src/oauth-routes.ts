import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal, sendJson } from './answer.ts';
import type { AuthClient } from './auth-client.ts';
import type { AuthRoute } from './auth-routes.ts';
import type { BrowserSession } from './browser-session.ts';
import type { Cookies } from './cookies.ts';
import type { CallerHeaders } from './subgraph-mutations.ts';

/** The call-back of each provider is below this path, by the provider's name. */
export const CALLBACK = '/auth/oauth/callback/';

/** A path of this site: not `//elsewhere`, and nothing that a header could not hold. */
const OWN_PATH = /^\/(?![/\\])[\x21-\x7e]{0,1000}$/;

/**
 * Signing in at a provider, for browsers. The state is kept in a cookie of the browser that began, and the way back leads to
 * a page of this site. What that page has to know is in the fragment, which is sent to nobody.
 */
export function createOAuthRoutes(options: {
  auth: AuthClient;
  cookies: Cookies;
  browser: BrowserSession;
}): Record<string, AuthRoute> {
  const { auth, cookies, browser } = options;

  /** Ends a sign-in. @returns the cookies that begin a session, if it did, and what the page is told */
  async function complete(
    request: IncomingMessage,
    caller: CallerHeaders,
    state: string,
  ): Promise<{ setCookies: string[]; told: Record<string, string> }> {
    const [path = '', parameters = ''] = (request.url ?? '').split(/\?(.*)/s, 2);
    try {
      const result = await auth.completeOAuth({ provider: path.slice(CALLBACK.length), state, parameters }, caller);
      if ('next' in result) return { setCookies: [], told: result.next };
      return { setCookies: cookies.begin(result.signedIn.session), told: {} };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { setCookies: [], told: { error: error.code } };
    }
  }

  return {
    '/auth/oauth/begin': {
      async POST(request: IncomingMessage, response: ServerResponse, caller: CallerHeaders) {
        const { returnTo = '/', ...input } = await browser.readChange(request);
        if (typeof returnTo !== 'string' || !OWN_PATH.test(returnTo))
          throw new Refusal(400, 'BAD_USER_INPUT', 'returnTo is a path of this site, such as /settings.');
        const token = cookies.accessToken(request.headers.cookie);
        const { url, state } = await auth.beginOAuth(input, caller, input.link === true ? token : undefined);
        sendJson(response, 200, { data: { url } }, { 'set-cookie': cookies.beginOAuth({ state, returnTo }) });
      },
    },

    [CALLBACK]: {
      async GET(request: IncomingMessage, response: ServerResponse, caller: CallerHeaders) {
        const begun = cookies.oauth(request.headers.cookie);
        const returnTo = begun && OWN_PATH.test(begun.returnTo) ? begun.returnTo : '/';
        const { setCookies, told } = await complete(request, caller, begun?.state ?? '');
        const fragment = new URLSearchParams(told).toString();
        response.writeHead(303, {
          location: fragment ? `${returnTo.split('#', 1)[0]}#${fragment}` : returnTo,
          'cache-control': 'no-store',
          'set-cookie': [...setCookies, cookies.endOAuth()],
        });
        response.end();
      },
    },

    '/auth/oauth/sign-up': {
      async POST(request: IncomingMessage, response: ServerResponse, caller: CallerHeaders) {
        const input = await browser.readChange(request);
        browser.begin(response, 201, await auth.completeOAuthSignUp(input, caller));
      },
    },
  };
}

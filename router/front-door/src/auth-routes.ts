import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MemberTokenVerifier } from '@community/kit/member-token';
import { Refusal, sendJson } from './answer.ts';
import type { AuthClient } from './auth-client.ts';
import type { BrowserSession } from './browser-session.ts';
import type { Cookies } from './cookies.ts';
import type { CallerHeaders } from './subgraph-mutations.ts';

type Handle = (request: IncomingMessage, response: ServerResponse, caller: CallerHeaders) => Promise<void>;

/** What a path of `/auth` answers, by method. */
export type AuthRoute = Readonly<Partial<Record<'GET' | 'POST', Handle>>>;

/** `/auth/*`: a browser's session in cookies. Tokens are never in an answer that a page can read. */
export function createAuthRoutes(options: {
  auth: AuthClient;
  cookies: Cookies;
  tokens: Pick<MemberTokenVerifier, 'verify'>;
  browser: BrowserSession;
}): Record<string, AuthRoute> {
  const { auth, cookies, tokens, browser } = options;
  const { readChange, begin } = browser;

  const enter =
    (status: number, how: 'signUp' | 'completeSignIn' | 'signInByPasskey'): Handle =>
    async (request, response, caller) =>
      begin(response, status, await auth[how](await readChange(request), caller));

  return {
    '/auth/sign-up': { POST: enter(201, 'signUp') },
    '/auth/sign-in': {
      async POST(request, response, caller) {
        const signedIn = await auth.signIn(await readChange(request), caller);
        if ('secondFactor' in signedIn) sendJson(response, 200, { data: signedIn });
        else begin(response, 200, signedIn);
      },
    },
    '/auth/passkey': { POST: enter(200, 'signInByPasskey') },
    '/auth/second-factor': { POST: enter(200, 'completeSignIn') },
    '/auth/refresh': {
      async POST(request, response, caller) {
        await readChange(request);
        const token = cookies.refreshToken(request.headers.cookie);
        if (!token) throw new Refusal(401, 'NOT_SIGNED_IN', 'There is no session to refresh. Sign in.');
        try {
          begin(response, 200, await auth.refresh(token, caller));
        } catch (error) {
          // A refresh token that is no good will not become good: let the browser forget it.
          if (error instanceof Refusal && error.status === 401) response.setHeader('set-cookie', cookies.end());
          throw error;
        }
      },
    },
    '/auth/sign-out': {
      async POST(request, response, caller) {
        await readChange(request);
        const token = cookies.refreshToken(request.headers.cookie);
        response.setHeader('set-cookie', cookies.end());
        if (token) {
          await auth.signOut(token, caller).catch((error: unknown) => {
            // A session that has ended already is what was asked for.
            if (!(error instanceof Refusal) || error.status >= 500) throw error;
          });
        }
        sendJson(response, 200, { data: { signedOut: true } });
      },
    },
    '/auth/session': {
      async GET(request, response) {
        const token = cookies.accessToken(request.headers.cookie);
        const member = token ? await tokens.verify(token) : null;
        sendJson(response, 200, { data: member && { memberId: member.id, roles: member.roles } });
      },
    },
  };
}

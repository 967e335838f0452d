import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasExpired } from '@community/kit/member-token';
import { secretsMatch } from '@community/kit/secret';
import { Refusal, sendJson, sendRefusal } from './answer.ts';
import { createAuthClient } from './auth-client.ts';
import { createAuthRoutes } from './auth-routes.ts';
import { addressGroup, clientAddress, readProxies } from './client-address.ts';
import { createCookies } from './cookies.ts';
import { handleCors } from './cors.ts';
import { comesFromOurPages } from './csrf.ts';
import { setIdentity } from './identity.ts';
import { frontDoorRefusals } from './metrics.ts';
import type { FrontDoorOptions } from './options.ts';
import { type Caller, createRateLimits } from './rate-limits.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { createWellKnown } from './well-known.ts';

export interface FrontDoor {
  /** Answers a request, or hands it on, prepared, to whoever answers `/graphql`, `/health` and `/ready`. */
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    next: (request: IncomingMessage, response: ServerResponse) => void,
  ): void;
}

/** What operators ask; neither limited nor touched. */
const OPERATIONS = new Set(['/health', '/ready', '/metrics']);

/**
 * The front door: what a client meets before the graph. It finds the client's address, turns cookies into tokens, checks
 * CSRF and CORS, limits rates, and answers `/auth/*` and `/.well-known/*`. It knows nothing of the engine behind it.
 */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const { log, tokens } = options;
  const secure = options.publicUrl.startsWith('https:');
  const proxies = readProxies(options.trustedProxies);
  const cookies = createCookies(options.publicUrl);
  const corsOrigins = new Set(options.corsOrigins);
  const ownOrigins = new Set([new URL(options.publicUrl).origin, ...corsOrigins]);
  const limits = createRateLimits(options.rateLimits);
  const authRoutes = createAuthRoutes({ auth: createAuthClient(options), cookies, tokens, ownOrigins });
  const wellKnown = createWellKnown(options.authUrl);

  async function limit(response: ServerResponse, caller: Caller): Promise<void> {
    const decision = await limits.count(caller);
    response.setHeader('ratelimit-limit', decision.limit);
    response.setHeader('ratelimit-remaining', decision.remaining);
    response.setHeader('ratelimit-reset', decision.resetSeconds);
    if (decision.allowed) return;
    throw new Refusal(
      429,
      'RATE_LIMITED',
      `Too many requests: at most ${decision.limit} are allowed in this time. Try again in ${decision.resetSeconds} s.`,
      {
        headers: { 'retry-after': String(decision.resetSeconds) },
      },
    );
  }

  /** Gives a cookie's token to a request that may use it; a bearer token that is there already wins. */
  function useCookie(request: IncomingMessage): void {
    // A page is opened by everybody alike, from wherever the link is; only what it then asks is a member's.
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    const token = request.headers.authorization || isPage ? undefined : cookies.accessToken(request.headers.cookie);
    delete request.headers.cookie;
    if (!token) return;
    if (!comesFromOurPages(request.headers, ownOrigins))
      throw new Refusal(403, 'CROSS_SITE', 'This request comes from another site. Its origin must be in CORS_ORIGINS.');
    if (hasExpired(token))
      throw new Refusal(
        401,
        'TOKEN_EXPIRED',
        'The access token has expired. POST /auth/refresh, then send this again.',
      );
    request.headers.authorization = `Bearer ${token}`;
  }

  async function callerOf(request: IncomingMessage, address: string): Promise<Caller> {
    const { authorization } = request.headers;
    const member = authorization?.startsWith('Bearer ') ? await tokens.verify(authorization.slice(7)) : null;
    // A token that is no good counts for nothing: its sender is limited as anybody at that address.
    return member ? { kind: 'member', memberId: member.id } : { kind: 'anonymous', address: addressGroup(address) };
  }

  /** @returns whether the request was answered here */
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (OPERATIONS.has(path)) return false;
    const internal = secretsMatch(request.headers['x-router-secret'] as string | undefined, options.routerSecret);
    const address = clientAddress(
      request.socket.remoteAddress ?? '',
      request.headers['x-forwarded-for'] as string | undefined,
      proxies,
    );
    const caller = setIdentity(request, address);
    response.setHeader('x-request-id', caller.requestId);
    setSecurityHeaders(response, secure);
    if (handleCors(request, response, corsOrigins)) return true;

    const authRoute = Object.hasOwn(authRoutes, path) ? authRoutes[path] : undefined;
    if (authRoute) {
      if (request.method !== authRoute.method)
        throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${path} takes ${authRoute.method}.`, {
          headers: { allow: authRoute.method },
        });
      if (!internal) await limit(response, { kind: 'sign-in', address: addressGroup(address) });
      await authRoute.handle(request, response, caller);
      return true;
    }
    if (path.startsWith('/.well-known/')) {
      await wellKnown(path, response);
      return true;
    }
    if (path === '/graphql') {
      useCookie(request);
      if (!internal) await limit(response, await callerOf(request, address));
      return false;
    }
    sendJson(response, 404, {
      error: { code: 'NOT_FOUND', message: `There is nothing at ${path}. The graph is at /graphql.` },
    });
    return true;
  }

  return {
    handle(request, response, next) {
      receive(request, response).then(
        (answered) => {
          if (!answered) next(request, response);
        },
        (error: unknown) => {
          const refusal =
            error instanceof Refusal
              ? error
              : new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here. It was recorded.');
          if (refusal !== error) log.error({ err: error }, 'the front door failed');
          frontDoorRefusals.inc({ code: refusal.code });
          // What was not read of the body must not be taken for the next request.
          if (!request.complete) response.setHeader('connection', 'close');
          sendRefusal(request, response, refusal);
        },
      );
    },
  };
}

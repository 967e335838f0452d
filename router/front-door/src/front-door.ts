import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RateDecision } from '@community/ephemeral/ephemeral';
import type { Member } from '@community/kit/member';
import { hasExpired } from '@community/kit/member-token';
import { secretsMatch } from '@community/kit/secret';
import { Refusal, refuseUpgrade, sendJson, sendRefusal } from './answer.ts';
import { createApiTokens } from './api-tokens.ts';
import { createAuthClient } from './auth-client.ts';
import { type AuthRoute, createAuthRoutes } from './auth-routes.ts';
import { createBrowserSession } from './browser-session.ts';
import { addressGroup, clientAddress, readProxies } from './client-address.ts';
import { createCookies } from './cookies.ts';
import { handleCors } from './cors.ts';
import { comesFromOurPages } from './csrf.ts';
import { isPage, sendDeveloperPage } from './developer-page.ts';
import { setIdentity } from './identity.ts';
import { createLinkPages } from './link-pages.ts';
import { frontDoorRefusals } from './metrics.ts';
import { CALLBACK, createOAuthRoutes } from './oauth-routes.ts';
import type { FrontDoorOptions } from './options.ts';
import { placeHeaders } from './override-labels.ts';
import { preparePersistedGet } from './persisted-gets.ts';
import { createPublicReads, type Next } from './public-reads.ts';
import { type Caller, createRateLimits } from './rate-limits.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { createUnsubscribePage } from './unsubscribe-page.ts';
import { createWellKnown } from './well-known.ts';

export interface FrontDoor {
  /** Answers a request, or hands it on, prepared, to whoever answers `/graphql`, `/health` and `/ready`. */
  handle(request: IncomingMessage, response: ServerResponse, next: Next): void;
  /**
   * Hands on a connection to `/graphql` that becomes a WebSocket, prepared as a request, or refuses it.
   * @param next gets, too, what counts each operation that the client then sends
   */
  upgrade(request: IncomingMessage, socket: Duplex, next: (admit: Admit) => void): void;
}

/**
 * Counts an operation of a client of this connection.
 * @param authorization the header, or what `connection_init` gave instead
 * @returns why it is refused, or null
 */
export type Admit = (authorization: string | undefined) => Promise<{ code: string; message: string } | null>;

/** What operators ask; neither limited nor touched. */
const OPERATIONS = new Set(['/health', '/ready', '/metrics']);

/**
 * The front door: what a client meets before the graph. It finds the client's address, turns cookies into tokens, checks
 * CSRF and CORS, limits rates, and answers `/auth/*`, `/mail/*` and `/.well-known/*`. It knows nothing of the engine behind it.
 */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const { log, tokens } = options;
  const secure = options.publicUrl.startsWith('https:');
  const proxies = readProxies(options.trustedProxies);
  const cookies = createCookies(options.publicUrl);
  const corsOrigins = new Set(options.corsOrigins);
  const ownOrigins = new Set([new URL(options.publicUrl).origin, ...corsOrigins]);
  const limits = createRateLimits(options.rateLimits, options.limits);
  const auth = createAuthClient(options);
  const browser = createBrowserSession({ cookies, ownOrigins });
  const authRoutes: Record<string, AuthRoute> = {
    ...createAuthRoutes({ auth, cookies, tokens, browser }),
    ...createOAuthRoutes({ auth, cookies, browser }),
    ...createLinkPages({ auth, ownOrigins }),
  };
  const apiTokens = createApiTokens({ auth, tokens });
  const mailRoutes: Record<string, AuthRoute> = { '/mail/unsubscribe': createUnsubscribePage(options) };
  const wellKnown = createWellKnown(options.authUrl);
  const { audiences } = options;
  const publicReads = audiences && createPublicReads({ ...options, audiences });

  function tooMany({ limit, resetSeconds }: RateDecision): Refusal {
    return new Refusal(
      429,
      'RATE_LIMITED',
      `Too many requests: at most ${limit} are allowed in this time. Try again in ${resetSeconds} s.`,
      { headers: { 'retry-after': String(resetSeconds) } },
    );
  }

  async function limit(response: ServerResponse, caller: Caller): Promise<void> {
    const decision = await limits.count(caller);
    response.setHeader('ratelimit-limit', decision.limit);
    response.setHeader('ratelimit-remaining', decision.remaining);
    response.setHeader('ratelimit-reset', decision.resetSeconds);
    if (!decision.allowed) throw tooMany(decision);
  }

  /**
   * Gives a cookie's token to a request that may use it; a bearer token that is there already wins, and a page that asks
   * for `/graphql?anonymous` wants none.
   * @returns the token that it gave
   */
  function useCookie(request: IncomingMessage): string | undefined {
    // A page is opened by everybody alike, from wherever the link is; only what it then asks is a member's.
    const { cookie, authorization } = request.headers;
    delete request.headers.cookie;
    if (cookie === undefined || authorization) return undefined;
    const isAnonymous = new URL(request.url ?? '/', 'http://localhost').searchParams.has('anonymous');
    const token = isPage(request) || isAnonymous ? undefined : cookies.accessToken(cookie);
    if (!token) return undefined;
    if (!comesFromOurPages(request.headers, ownOrigins))
      throw new Refusal(403, 'CROSS_SITE', 'This request comes from another site. Its origin must be in CORS_ORIGINS.');
    request.headers.authorization = `Bearer ${token}`;
    return token;
  }

  const memberOf = async (authorization: string | undefined): Promise<Member | null> =>
    authorization?.startsWith('Bearer ') ? tokens.verify(authorization.slice(7)) : null;

  /** A token that is no good counts for nothing: its sender is limited as anybody at that address. */
  const callerOf = (member: Member | null, address: string): Caller =>
    member ? { kind: 'member', memberId: member.id } : { kind: 'anonymous', address: addressGroup(address) };

  const addressOf = (request: IncomingMessage): string =>
    clientAddress(
      request.socket.remoteAddress ?? '',
      request.headers['x-forwarded-for'] as string | undefined,
      proxies,
    );

  function asRefusal(error: unknown): Refusal {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong here. It was recorded.');
    if (refusal !== error) log.error({ err: error }, 'the front door failed');
    frontDoorRefusals.inc({ code: refusal.code });
    return refusal;
  }

  /** @returns what counts the operations that come over the connection */
  async function receiveUpgrade(request: IncomingMessage): Promise<Admit> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path !== '/graphql')
      throw new Refusal(404, 'NOT_FOUND', `There is nothing at ${path}. The graph is at /graphql.`);
    const internal = secretsMatch(request.headers['x-router-secret'] as string | undefined, options.routerSecret);
    const address = addressOf(request);
    setIdentity(request, address);
    // An expired token may open the connection: each operation is told, where a browser could not read a refusal here.
    useCookie(request);
    const admit: Admit = async (authorization) => {
      if (internal) return null;
      const decision = await limits.count(callerOf(await memberOf(authorization), address));
      return decision.allowed ? null : asRefusal(tooMany(decision));
    };
    const refused = await admit(request.headers.authorization);
    if (refused instanceof Refusal) throw refused;
    return admit;
  }

  async function receive(request: IncomingMessage, response: ServerResponse, next: Next): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (OPERATIONS.has(path)) return next(request, response);
    const internal = secretsMatch(request.headers['x-router-secret'] as string | undefined, options.routerSecret);
    const address = addressOf(request);
    const caller = setIdentity(request, address);
    response.setHeader('x-request-id', caller.requestId);
    setSecurityHeaders(response, secure);
    if (handleCors(request, response, corsOrigins)) return;

    const name = path.startsWith(CALLBACK) ? CALLBACK : path;
    const routes = [authRoutes, mailRoutes].find((some) => Object.hasOwn(some, name));
    const route = routes?.[name];
    if (route) {
      const handle = request.method === 'GET' || request.method === 'POST' ? route[request.method] : undefined;
      if (!handle) {
        const allow = Object.keys(route).join(', ');
        throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${path} takes ${allow}.`, { headers: { allow } });
      }
      const kind = routes === authRoutes ? 'sign-in' : 'anonymous';
      if (!internal) await limit(response, { kind, address: addressGroup(address) });
      return handle(request, response, caller);
    }
    if (path.startsWith('/.well-known/')) return wellKnown(path, response);
    if (path === '/graphql') {
      if (isPage(request) && !options.production) return sendDeveloperPage(response);
      await apiTokens.use(request, caller);
      const token = useCookie(request);
      if (token && hasExpired(token))
        throw new Refusal(
          401,
          'TOKEN_EXPIRED',
          'The access token has expired. POST /auth/refresh, then send this again.',
        );
      Object.assign(request.headers, placeHeaders(request.headers.authorization));
      preparePersistedGet(request, response);
      if (internal) return next(request, response);
      const member = await memberOf(request.headers.authorization);
      await limit(response, callerOf(member, address));
      return publicReads ? publicReads.handle(request, response, member, next) : next(request, response);
    }
    sendJson(response, 404, {
      error: { code: 'NOT_FOUND', message: `There is nothing at ${path}. The graph is at /graphql.` },
    });
  }

  return {
    handle(request, response, next) {
      receive(request, response, next).catch((error: unknown) => {
        const refusal = asRefusal(error);
        // What was not read of the body must not be taken for the next request.
        if (!request.complete) response.setHeader('connection', 'close');
        sendRefusal(request, response, refusal);
      });
    },
    upgrade(request, socket, next) {
      // A client that goes while it waits here must not end the process.
      const ignore = () => {};
      socket.on('error', ignore);
      receiveUpgrade(request).then(
        (admit) => {
          socket.off('error', ignore);
          next(admit);
        },
        (error: unknown) => refuseUpgrade(socket, asRefusal(error)),
      );
    },
  };
}

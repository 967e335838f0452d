import { traceparentOf } from '@community/kit/trace';
import { z } from 'zod';
import { Refusal } from './answer.ts';
import type { SessionTokens } from './cookies.ts';

const TIMEOUT_MS = 8_000;

const SESSION = 'session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }';
const PROBLEM = '... on Error { code message path } ... on TooManyAttemptsError { retryAfterSeconds }';
const DOCUMENTS = {
  signUp: `mutation FrontDoorSignUp($input: SignUpInput!) { signUp(input: $input) { __typename ... on SignUpSuccess { account { id roles } ${SESSION} } ${PROBLEM} } }`,
  signIn: `mutation FrontDoorSignIn($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { account { id roles } ${SESSION} } ... on SecondFactorRequired { challenge expiresAt } ${PROBLEM} } }`,
  completeSignIn: `mutation FrontDoorCompleteSignIn($input: CompleteSignInInput!) { completeSignIn(input: $input) { __typename ... on SignInSuccess { account { id roles } ${SESSION} } ${PROBLEM} } }`,
  refreshSession: `mutation FrontDoorRefresh($input: RefreshSessionInput!) { refreshSession(input: $input) { __typename ... on RefreshSessionSuccess { ${SESSION} } ... on Error { code message path } } }`,
  signOut:
    'mutation FrontDoorSignOut($input: SignOutInput!) { signOut(input: $input) { __typename ... on Error { code message path } } }',
  beginOAuth: `mutation FrontDoorBeginOAuth($input: BeginOAuthInput!) { beginOAuth(input: $input) { __typename ... on BeginOAuthSuccess { url state } ${PROBLEM} } }`,
  completeOAuth: `mutation FrontDoorCompleteOAuth($input: CompleteOAuthInput!) { completeOAuth(input: $input) { __typename ... on SignInSuccess { account { id roles } ${SESSION} } ... on SecondFactorRequired { challenge expiresAt } ... on OAuthLinked { provider } ... on OAuthSignUpRequired { ticket } ... on Error { code message path } } }`,
  completeOAuthSignUp: `mutation FrontDoorCompleteOAuthSignUp($input: CompleteOAuthSignUpInput!) { completeOAuthSignUp(input: $input) { __typename ... on SignUpSuccess { account { id roles } ${SESSION} } ${PROBLEM} } }`,
  signInByPasskey: `mutation FrontDoorSignInByPasskey($input: SignInByPasskeyInput!) { signInByPasskey(input: $input) { __typename ... on SignInSuccess { account { id roles } ${SESSION} } ... on Error { code message path } } }`,
  exchangeApiToken:
    'mutation FrontDoorExchangeApiToken($input: ExchangeApiTokenInput!) { exchangeApiToken(input: $input) { __typename ... on ExchangeApiTokenSuccess { accessToken accessTokenExpiresAt } ... on Error { code message path } } }',
  verifyEmail:
    'mutation FrontDoorVerifyEmail($input: VerifyEmailInput!) { verifyEmail(input: $input) { __typename ... on Error { code message path } } }',
  resetPassword:
    'mutation FrontDoorResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename ... on Error { code message path } } }',
};

/** Which HTTP status says what auth says. */
const STATUS: Record<string, number> = {
  ValidationError: 400,
  InvalidCredentialsError: 401,
  InvalidRefreshTokenError: 401,
  InvalidApiTokenError: 401,
  InvalidCodeError: 401,
  InvalidPasskeyError: 401,
  InvalidChallengeError: 401,
  AccountClosedError: 403,
  AccountSuspendedError: 403,
  NotSignedInError: 401,
  HandleTakenError: 409,
  SignUpRefusedError: 409,
  ConflictError: 409,
  NotFoundError: 404,
  TooManyAttemptsError: 429,
};

const tokens = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: z.string(),
  refreshToken: z.string(),
  refreshTokenExpiresAt: z.string(),
});
const oauthBegun = z.object({ url: z.string(), state: z.string() });
const exchanged = z.object({ accessToken: z.string(), accessTokenExpiresAt: z.string() });
const secondFactor = z.object({ challenge: z.string(), expiresAt: z.string() });
const answerSchema = z.object({
  data: z.record(z.string(), z.looseObject({ __typename: z.string() })).nullish(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).optional() }))
    .optional(),
});
const problem = z.object({
  code: z.string(),
  message: z.string(),
  path: z.array(z.string()).default([]),
  retryAfterSeconds: z.number().optional(),
});

/** What identifies a request when it goes on to auth. */
export interface CallerHeaders {
  readonly address: string;
  readonly requestId: string;
  readonly traceId: string;
}

export interface SignedIn {
  readonly account?: unknown;
  readonly session: SessionTokens;
}

/** A sign-in whose first step was good. */
export interface SecondFactorRequired {
  readonly challenge: string;
  readonly expiresAt: string;
}

/** Signs members in and out at auth, through the same mutations that apps use. All throw Refusal. */
export function createAuthClient(options: { authUrl: string; routerSecret: string }) {
  async function run(
    operation: keyof typeof DOCUMENTS,
    input: Record<string, unknown>,
    caller: CallerHeaders,
    accessToken?: string,
  ): Promise<Record<string, unknown>> {
    let answer: z.infer<typeof answerSchema>;
    try {
      const response = await fetch(`${options.authUrl}/graphql`, {
        method: 'POST',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'x-router-secret': options.routerSecret,
          ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
          'x-client-address': caller.address,
          'x-request-id': caller.requestId,
          traceparent: traceparentOf(caller.traceId),
          'apollographql-client-name': 'front-door',
        },
        body: JSON.stringify({ query: DOCUMENTS[operation], variables: { input } }),
      });
      answer = answerSchema.parse(await response.json());
    } catch {
      throw new Refusal(503, 'SERVICE_UNAVAILABLE', 'Signing in is not possible at the moment. Try again soon.', {
        headers: { 'retry-after': '2' },
      });
    }
    const result = answer.data?.[operation];
    if (result && !result.__typename.endsWith('Error')) return result;
    if (result) {
      const { code, message, path, retryAfterSeconds } = problem.parse(result);
      throw new Refusal(STATUS[result.__typename] ?? 400, code, message, {
        path,
        headers: retryAfterSeconds ? { 'retry-after': String(retryAfterSeconds) } : {},
      });
    }
    const [error] = answer.errors ?? [];
    if (error?.extensions?.code === 'UNAUTHENTICATED') throw new Refusal(401, 'TOKEN_EXPIRED', error.message);
    if (error?.extensions?.code === 'BAD_USER_INPUT') throw new Refusal(400, 'BAD_USER_INPUT', error.message);
    throw new Refusal(503, 'SERVICE_UNAVAILABLE', 'Signing in is not possible at the moment. Try again soon.', {
      headers: { 'retry-after': '2' },
    });
  }

  async function session(
    operation: 'signUp' | 'signInByPasskey' | 'completeSignIn' | 'completeOAuthSignUp' | 'refreshSession',
    input: Record<string, unknown>,
    caller: CallerHeaders,
  ): Promise<SignedIn> {
    const result = await run(operation, input, caller);
    return { account: result.account, session: tokens.parse(result.session) };
  }

  /** Refreshes under way: two tabs of one browser that ask at once are answered alike. */
  const refreshing = new Map<string, Promise<SignedIn>>();

  return {
    signUp: (input: Record<string, unknown>, caller: CallerHeaders) => session('signUp', input, caller),
    async signIn(
      input: Record<string, unknown>,
      caller: CallerHeaders,
    ): Promise<SignedIn | { secondFactor: SecondFactorRequired }> {
      const result = await run('signIn', input, caller);
      if (result.__typename === 'SecondFactorRequired') return { secondFactor: secondFactor.parse(result) };
      return { account: result.account, session: tokens.parse(result.session) };
    },
    signInByPasskey: (input: Record<string, unknown>, caller: CallerHeaders) =>
      session('signInByPasskey', input, caller),
    completeSignIn: (input: Record<string, unknown>, caller: CallerHeaders) => session('completeSignIn', input, caller),
    refresh(refreshToken: string, caller: CallerHeaders): Promise<SignedIn> {
      let under = refreshing.get(refreshToken);
      if (!under) {
        under = session('refreshSession', { refreshToken }, caller).finally(() => refreshing.delete(refreshToken));
        refreshing.set(refreshToken, under);
      }
      return under;
    },
    signOut: (refreshToken: string, caller: CallerHeaders) => run('signOut', { refreshToken }, caller),
    /** @param accessToken of the member who links a provider to her account */
    async beginOAuth(input: Record<string, unknown>, caller: CallerHeaders, accessToken: string | undefined) {
      return oauthBegun.parse(await run('beginOAuth', input, caller, accessToken));
    },
    /** @returns the session that was opened, or what the page has to know to go on */
    async completeOAuth(
      input: Record<string, unknown>,
      caller: CallerHeaders,
    ): Promise<{ signedIn: SignedIn } | { next: Record<string, string> }> {
      const result = await run('completeOAuth', input, caller);
      if (result.__typename === 'SecondFactorRequired')
        return { next: { secondFactor: secondFactor.parse(result).challenge } };
      if (result.__typename === 'OAuthSignUpRequired') return { next: { signUp: z.string().parse(result.ticket) } };
      if (result.__typename === 'OAuthLinked') return { next: { linked: z.string().parse(result.provider) } };
      return { signedIn: { account: result.account, session: tokens.parse(result.session) } };
    },
    completeOAuthSignUp: (input: Record<string, unknown>, caller: CallerHeaders) =>
      session('completeOAuthSignUp', input, caller),
    exchangeApiToken: async (token: string, caller: CallerHeaders) =>
      exchanged.parse(await run('exchangeApiToken', { token }, caller)),
    verifyEmail: (token: string, caller: CallerHeaders) => run('verifyEmail', { token }, caller),
    resetPassword: (input: { token: string; newPassword: string }, caller: CallerHeaders) =>
      run('resetPassword', input, caller),
  };
}

export type AuthClient = ReturnType<typeof createAuthClient>;

import { z } from 'zod';
import type { SessionTokens } from './cookies.ts';
import { type CallerHeaders, createMutations } from './subgraph-mutations.ts';

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

const tokens = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: z.string(),
  refreshToken: z.string(),
  refreshTokenExpiresAt: z.string(),
});
const oauthBegun = z.object({ url: z.string(), state: z.string() });
const exchanged = z.object({ accessToken: z.string(), accessTokenExpiresAt: z.string() });
const secondFactor = z.object({ challenge: z.string(), expiresAt: z.string() });
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
  const mutate = createMutations({
    url: options.authUrl,
    routerSecret: options.routerSecret,
    unavailable: 'Signing in is not possible at the moment. Try again soon.',
  });
  const run = (
    operation: keyof typeof DOCUMENTS,
    input: Record<string, unknown>,
    caller: CallerHeaders,
    accessToken?: string,
  ) => mutate(operation, DOCUMENTS[operation], input, caller, accessToken);

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

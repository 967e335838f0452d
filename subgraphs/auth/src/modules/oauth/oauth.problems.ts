import { type Conflict, type Problem, problem } from '@community/kit/problem';

export type OAuthFailed = Problem<'OAuthFailedError'>;

/** The provider refused, or what came back is not what was begun. */
export const oauthFailed = (): OAuthFailed =>
  problem('OAuthFailedError', 'OAUTH_FAILED', 'Signing in at the provider did not succeed. Try again.');

export const identityInUse = (): Conflict =>
  problem('ConflictError', 'IDENTITY_IN_USE', 'This account of the provider is linked to another member.');

/** Told only to who has shown, by the provider, that the address is hers. */
export const emailInUse = (): Conflict =>
  problem(
    'ConflictError',
    'EMAIL_IN_USE',
    'There is an account with your address already. Sign in to it, verify the address, and link the provider there.',
  );

export const lastWayIn = (): Conflict =>
  problem('ConflictError', 'LAST_WAY_IN', 'This is your last way to sign in. Set a password or add another way first.');

import { type Problem, problem } from '@community/kit/problem';
import type { Suspension } from '../suspension/suspension.ts';

export type InvalidCredentials = Problem<'InvalidCredentialsError'>;
export type AccountClosed = Problem<'AccountClosedError'>;

/** Told, like a closed account, only to who has shown that it is hers. */
export interface AccountSuspended extends Problem<'AccountSuspendedError'> {
  readonly reason: string;
  readonly until: Date | null;
}

export function accountSuspended({ reason, until }: Suspension): AccountSuspended {
  const words = until ? `This account is suspended until ${until.toISOString()}.` : 'This account is suspended.';
  return { ...problem('AccountSuspendedError', 'ACCOUNT_SUSPENDED', words), reason, until };
}

/** Why somebody who has shown who she is gets no session. */
export type NotAdmitted = AccountClosed | AccountSuspended | InvalidCredentials;

export type InvalidChallenge = Problem<'InvalidChallengeError'>;

/** One answer for a challenge that is unknown, was used or has expired. */
export const invalidChallenge = (): InvalidChallenge =>
  problem('InvalidChallengeError', 'INVALID_CHALLENGE', 'This took too long, or was done already. Begin anew.', []);

/** For those without a password, whose fresh session stands for it. */
export const signInAgain = (): InvalidCredentials =>
  problem(
    'InvalidCredentialsError',
    'SIGN_IN_AGAIN',
    'Your account has no password. Sign in again, then do this soon.',
  );

export const invalidCredentials = (): InvalidCredentials =>
  problem('InvalidCredentialsError', 'INVALID_CREDENTIALS', 'The e-mail address or the password is not right.');

const WHY_CLOSED: Readonly<Record<string, string>> = {
  SIGN_UP_HANDLE_TAKEN:
    'Your sign-up could not be completed: the handle went to somebody else meanwhile. Sign up again with another one.',
  ERASURE: 'This account is being erased, as its member asked.',
};

/** The account is closed; told only to who knows its password. @param reason the code that it was closed for */
export const accountClosed = (reason: string): AccountClosed =>
  problem('AccountClosedError', reason, WHY_CLOSED[reason] ?? 'This account is closed.');

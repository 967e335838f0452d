import type { Member } from '@community/kit/member';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { SessionStore } from '../session/session.store.ts';
import { type InvalidCredentials, invalidCredentials, signInAgain } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { accountSubject, type ThrottleService } from '../throttle/throttle.service.ts';
import type { CredentialStore } from './credential.store.ts';
import type { PasswordHasher } from './password.hasher.ts';

export type PasswordConfirmation = ReturnType<typeof createPasswordConfirmation>;

/** How long a session counts as just opened. */
const FRESH_SECONDS = 600;

/** For what an open session is not enough. */
export function createPasswordConfirmation({
  accounts,
  credentials,
  sessionStore,
  hasher,
  throttle,
  clock,
}: {
  accounts: AccountStore;
  credentials: CredentialStore;
  sessionStore: SessionStore;
  hasher: PasswordHasher;
  throttle: ThrottleService;
  clock: Clock;
}) {
  /**
   * Whether the password is the member's; wrong ones make the next ones wait, as at sign-in. A member without a password
   * has to have signed in just now. @returns null when it is well
   */
  return async function confirm(
    member: Member,
    password: string,
  ): Promise<InvalidCredentials | TooManyAttempts | null> {
    const [account] = await accounts.byIds([member.id]);
    if (!account) return invalidCredentials();
    const passwordHash = await credentials.hashOf(member.id);
    if (passwordHash === null) {
      const since = secondsAfter(clock(), -FRESH_SECONDS);
      return (await sessionStore.wasOpenedSince(member.sessionId, since)) ? null : signInAgain();
    }
    const result = await throttle.guard(accountSubject(account.email), async () =>
      (await hasher.verify(password, passwordHash)) ? {} : invalidCredentials(),
    );
    return '__typename' in result ? result : null;
  };
}

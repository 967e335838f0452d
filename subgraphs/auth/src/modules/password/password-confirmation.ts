import type { Transactions } from '@community/events/sql';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { type InvalidCredentials, invalidCredentials } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { accountSubject, type ThrottleService } from '../throttle/throttle.service.ts';
import type { CredentialStore } from './credential.store.ts';
import type { PasswordHasher } from './password.hasher.ts';

export type PasswordConfirmation = ReturnType<typeof createPasswordConfirmation>;

/** For what an open session is not enough. */
export function createPasswordConfirmation({
  transactions,
  accounts,
  credentials,
  hasher,
  throttle,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  credentials: CredentialStore;
  hasher: PasswordHasher;
  throttle: ThrottleService;
}) {
  /** Whether the password is the member's; wrong ones make the next ones wait, as at sign-in. @returns null when it is */
  return async function confirm(
    memberId: string,
    password: string,
  ): Promise<InvalidCredentials | TooManyAttempts | null> {
    const [account] = await accounts.byIds([memberId]);
    if (!account) return invalidCredentials();
    const subject = accountSubject(account.email);
    const wait = await throttle.count([subject]);
    if (wait) return wait;
    if (!(await hasher.verify(password, await credentials.hashOf(memberId)))) return invalidCredentials();
    await transactions.run((tx) => throttle.succeeded(tx, subject, []));
    return null;
  };
}

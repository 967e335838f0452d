import type { Transactions } from '@community/events/sql';
import type { Tx } from '../../database.ts';
import type { Account } from '../account/account.ts';
import { isEmail, normaliseEmail } from '../account/email.ts';
import type { CredentialStore } from '../password/credential.store.ts';
import type { PasswordHasher } from '../password/password.hasher.ts';
import type { SessionService } from '../session/session.service.ts';
import type { Client, SessionTokens } from '../session/session.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { accountSubject, addressSubjects, type ThrottleService } from '../throttle/throttle.service.ts';
import type { Admission, SecondFactorRequired } from './admission.ts';
import { invalidCredentials, type NotAdmitted } from './sign-in.problems.ts';

export type SignInService = ReturnType<typeof createSignInService>;

export interface SignedIn {
  readonly __typename: 'SignInSuccess';
  readonly account: Account;
  readonly session: SessionTokens;
}

export function createSignInService({
  transactions,
  credentials,
  hasher,
  sessions,
  admission,
  throttle,
}: {
  transactions: Transactions<Tx>;
  credentials: CredentialStore;
  hasher: PasswordHasher;
  sessions: SessionService;
  admission: Admission;
  throttle: ThrottleService;
}) {
  return {
    /**
     * Opens a session for whoever knows an account's password. Known and unknown e-mail addresses have the same answers,
     * the same work and the same waits.
     */
    async signIn(
      input: { email: string; password: string },
      client: Client,
    ): Promise<SignedIn | SecondFactorRequired | NotAdmitted | TooManyAttempts> {
      const email = normaliseEmail(input.email);
      const account = accountSubject(email);
      const addresses = addressSubjects(client.address);
      const wait = await throttle.count([account, ...addresses]);
      if (wait) return wait;
      const known = isEmail(email) ? await credentials.byEmail(email) : null;
      if (!(await hasher.verify(input.password, known?.passwordHash ?? null)) || !known) return invalidCredentials();
      const rehashed = hasher.isOutdated(known.passwordHash) ? await hasher.hash(input.password) : null;
      const admitted = await transactions.run(async (tx) => {
        await throttle.succeeded(tx, account, addresses);
        if (rehashed) await credentials.rehash(tx, known.accountId, known.passwordHash, rehashed);
        return admission.withOneFactor(tx, known.accountId, client);
      });
      if ('__typename' in admitted) return admitted;
      const session = await sessions.issue(admitted.opened, admitted.account.roles);
      return { __typename: 'SignInSuccess', account: admitted.account, session };
    },
  };
}

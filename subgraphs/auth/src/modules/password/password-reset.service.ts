import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { addJob } from '@community/jobs/add-job';
import type { Task } from '@community/jobs/task';
import { isId, newId } from '@community/kit/ids';
import { type Invalid, invalid } from '@community/kit/problem';
import { z } from 'zod';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { isEmail, normaliseEmail } from '../account/email.ts';
import type { EmailVerificationService } from '../email-verification/email-verification.service.ts';
import type { SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { accountSubject, addressSubjects, resetSubject, type ThrottleService } from '../throttle/throttle.service.ts';
import type { TicketKind, TicketService } from '../ticket/ticket.service.ts';
import type { CredentialStore } from './credential.store.ts';
import { passwordEvents } from './password.events.ts';
import type { PasswordHasher } from './password.hasher.ts';
import { checkPassword } from './password.policy.ts';
import { type InvalidPasswordResetToken, invalidPasswordResetToken } from './password-reset.problems.ts';
import type { PasswordResetStore } from './password-reset.store.ts';

export type PasswordResetService = ReturnType<typeof createPasswordResetService>;

export interface PasswordResetRequested {
  readonly __typename: 'RequestPasswordResetSuccess';
  readonly linkSeconds: number;
}

export interface PasswordReset {
  readonly __typename: 'ResetPasswordSuccess';
  readonly accountId: string;
}

/** How long a link is good, in seconds; a request whose mail is later than that has none. */
const LINK_SECONDS = 3_600;
const TASK = 'password_reset';

const RESET: TicketKind<Record<string, never>> = {
  purpose: 'PASSWORD_RESET',
  data: z.record(z.string(), z.never()),
  seconds: LINK_SECONDS,
};
const job = z.object({ email: z.string() });

/** A new password for whoever has the mailbox of an account. */
export function createPasswordResetService({
  transactions,
  accounts,
  credentials,
  resets,
  tickets,
  hasher,
  sessions,
  throttle,
  verifications,
  revokeApiTokens,
  forgetOtherWays,
  publicUrl,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  credentials: CredentialStore;
  resets: PasswordResetStore;
  tickets: TicketService;
  hasher: PasswordHasher;
  sessions: SessionService;
  throttle: ThrottleService;
  verifications: EmailVerificationService;
  revokeApiTokens: (tx: Tx, accountId: string) => Promise<unknown>;
  /** Removes every way in but the password, and the second factor. */
  forgetOtherWays: (tx: Tx, accountId: string) => Promise<void>;
  publicUrl: string;
  clock: Clock;
}) {
  /** Asks for the mail, if there is an account that is open. */
  const request: Task = (payload) => {
    const { email } = job.parse(payload);
    return transactions.run(async (tx) => {
      const accountId = await accounts.openByEmail(tx, email);
      const version = accountId && (await accounts.nextEventVersion(tx, accountId));
      if (!accountId || version === null) return;
      const resetId = newId(clock().getTime());
      await resets.add(tx, { id: resetId, accountId, requestedAt: clock() });
      await emit(transactions.sql(tx), passwordEvents, {
        type: 'account.password_reset_requested',
        aggregateId: accountId,
        aggregateVersion: Number(version),
        payload: { accountId, resetId },
      });
    });
  };

  return {
    tasks: { [TASK]: request },

    /**
     * Has a mail with a link sent to the account of an address. Whether there is one is found out by a job: known and
     * unknown addresses have the same answers, the same work and the same waits.
     */
    async request(emailText: string, client: Client): Promise<PasswordResetRequested | TooManyAttempts | Invalid> {
      const email = normaliseEmail(emailText);
      if (!isEmail(email)) return invalid('This is not an e-mail address.', ['input', 'email'], 'EMAIL_FORM');
      const wait = await throttle.count([resetSubject(email), ...addressSubjects(client.address)]);
      if (wait) return wait;
      await transactions.run((tx) => addJob(transactions.sql(tx), TASK, { email }));
      return { __typename: 'RequestPasswordResetSuccess', linkSeconds: LINK_SECONDS };
    },

    /** A link for the mail of a request; a new one each time. Null when there is no such request any more. */
    async link(resetId: string): Promise<string | null> {
      if (!isId(resetId)) return null;
      const accountId = await resets.accountOf(resetId, secondsAfter(clock(), -LINK_SECONDS));
      if (!accountId) return null;
      const { token } = await tickets.issue(RESET, { accountId, data: {} });
      return `${publicUrl}/auth/reset-password?token=${token}`;
    },

    /** Sets a password by the token of a link. All sessions and all other links end, and failed tries are forgotten. */
    async reset(input: {
      token: string;
      newPassword: string;
    }): Promise<PasswordReset | InvalidPasswordResetToken | Invalid> {
      const found = await transactions.run((tx) => tickets.look(tx, RESET, input.token));
      const [account] = found?.accountId ? await accounts.byIds([found.accountId]) : [null];
      if (!account) return invalidPasswordResetToken();
      const fault = checkPassword(input.newPassword, account, ['input', 'newPassword']);
      if (fault) return fault;
      const passwordHash = await hasher.hash(input.newPassword);
      return transactions.run(async (tx) => {
        // Rows are locked in one order everywhere: tries, account, tickets.
        await throttle.succeeded(tx, accountSubject(account.email), []);
        const version = await accounts.nextEventVersion(tx, account.id);
        if (version === null || !(await tickets.take(tx, RESET, input.token))) return invalidPasswordResetToken();
        await credentials.set(tx, account.id, passwordHash, clock());
        await resets.forgetOf(tx, account.id);
        await tickets.drop(tx, account.id);
        await sessions.endAll(tx, account.id);
        await revokeApiTokens(tx, account.id);
        await emit(transactions.sql(tx), passwordEvents, {
          type: 'account.security_changed',
          aggregateId: account.id,
          aggregateVersion: version,
          actorId: account.id,
          payload: { accountId: account.id, change: 'PASSWORD_RESET' },
        });
        // Only who reads her mail has the link. What was set up before anybody had shown that may be a stranger's.
        if (await verifications.confirm(tx, account.id)) await forgetOtherWays(tx, account.id);
        return { __typename: 'ResetPasswordSuccess', accountId: account.id };
      });
    },

    /** Forgets requests whose links have expired. */
    sweep: () => resets.forget(secondsAfter(clock(), -2 * LINK_SECONDS)),
  };
}

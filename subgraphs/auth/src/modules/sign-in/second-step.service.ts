import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { passwordEvents } from '../password/password.events.ts';
import type { SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { codeSubject, type ThrottleService } from '../throttle/throttle.service.ts';
import type { TicketService } from '../ticket/ticket.service.ts';
import type { SecondFactor } from '../totp/second-factor.ts';
import { type InvalidCode, invalidCode } from '../totp/totp.problems.ts';
import { type Admission, SECOND_FACTOR } from './admission.ts';
import { type InvalidChallenge, invalidChallenge, type NotAdmitted } from './sign-in.problems.ts';
import type { SignedIn } from './sign-in.service.ts';

export type SecondStepService = ReturnType<typeof createSecondStepService>;

export function createSecondStepService({
  transactions,
  accounts,
  tickets,
  secondFactor,
  admission,
  sessions,
  throttle,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  tickets: TicketService;
  secondFactor: SecondFactor;
  admission: Admission;
  sessions: SessionService;
  throttle: ThrottleService;
}) {
  /** Tells her that a recovery code is gone: if it was not her, somebody has the others too. */
  async function tellOfRecoveryCode(tx: Tx, accountId: string): Promise<void> {
    await emit(transactions.sql(tx), passwordEvents, {
      type: 'account.security_changed',
      aggregateId: accountId,
      aggregateVersion: (await accounts.nextEventVersion(tx, accountId)) ?? 0,
      actorId: accountId,
      payload: { accountId, change: 'RECOVERY_CODE_USED' },
    });
  }

  return {
    /** Ends a sign-in that waits for the second factor. A wrong code leaves the challenge good, and makes the next wait. */
    async complete(
      input: { challenge: string; code: string },
      client: Client,
    ): Promise<SignedIn | InvalidCode | InvalidChallenge | NotAdmitted | TooManyAttempts> {
      const ticket = await transactions.run((tx) => tickets.look(tx, SECOND_FACTOR, input.challenge));
      const accountId = ticket?.accountId;
      if (!accountId) return invalidChallenge();
      const admitted = await throttle.guard(codeSubject(accountId), () =>
        transactions.run(async (tx) => {
          await accounts.lock(tx, accountId);
          const used = await secondFactor.take(tx, accountId, input.code);
          if (!used) return invalidCode();
          if (!(await tickets.take(tx, SECOND_FACTOR, input.challenge))) return invalidChallenge();
          if (used === 'RECOVERY_CODE') await tellOfRecoveryCode(tx, accountId);
          return admission.withTwoFactors(tx, accountId, client);
        }),
      );
      if ('__typename' in admitted) return admitted;
      const session = await sessions.issue(admitted.opened, admitted.account.roles);
      return { __typename: 'SignInSuccess', account: admitted.account, session };
    },
  };
}

import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { isProblem, type NotSignedIn, notSignedIn } from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { SessionStore } from '../session/session.store.ts';
import { passwordEvents } from './password.events.ts';

export type ChangeSecurity = ReturnType<typeof createSecurityChange>;

/** What is told of a change; clients of the event know codes of their own time only. */
export type SecurityChange =
  | 'PASSWORD_CHANGED'
  | 'TOTP_ENABLED'
  | 'TOTP_DISABLED'
  | 'RECOVERY_CODES_RENEWED'
  | 'IDENTITY_UNLINKED'
  | 'PASSKEY_ADDED'
  | 'PASSKEY_REMOVED';

/** The way in which a member changes how she signs in. */
export function createSecurityChange({
  transactions,
  accounts,
  sessionStore,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  sessionStore: SessionStore;
  clock: Clock;
}) {
  /**
   * Runs a change in a transaction with the account locked, from a session that is open, and tells of it unless it ends in
   * a problem. The lock comes first: who resets the password at the same moment ends this session.
   */
  return async function change<Result extends object>(
    member: Member,
    what: SecurityChange,
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result | NotSignedIn> {
    return transactions.run(async (tx) => {
      const version = await accounts.nextEventVersion(tx, member.id);
      const isOpen = await sessionStore.isOpen(tx, member.sessionId, member.id, clock());
      if (version === null || !isOpen) return notSignedIn();
      const result = await work(tx);
      if (isProblem(result)) return result;
      await emit(transactions.sql(tx), passwordEvents, {
        type: 'account.security_changed',
        aggregateId: member.id,
        aggregateVersion: version,
        actorId: member.id,
        payload: { accountId: member.id, change: what },
      });
      return result;
    });
  };
}

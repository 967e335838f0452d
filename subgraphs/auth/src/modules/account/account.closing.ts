import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { SessionService } from '../session/session.service.ts';
import type { SignUpStore } from '../sign-up/sign-up.store.ts';
import { accountEvents } from './account.events.ts';
import type { AccountStore } from './account.store.ts';

export type AccountClosing = ReturnType<typeof createAccountClosing>;

/** Ends what an account can do, and tells everybody. */
export function createAccountClosing({
  transactions,
  accounts,
  sessions,
  signUps,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  sessions: SessionService;
  signUps: SignUpStore;
  clock: Clock;
}) {
  /** Closes an account with all its sessions; does nothing when that was done. @param reason a code */
  return async function close(tx: Tx, accountId: string, reason: string): Promise<void> {
    const version = await accounts.close(tx, accountId, reason, clock());
    if (version === null) return;
    await sessions.endAll(tx, accountId);
    // Who signs up again is a new member: this id has ended.
    await signUps.forgetAccount(tx, accountId);
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.closed',
      aggregateId: accountId,
      aggregateVersion: version,
      payload: { accountId, reason },
    });
  };
}

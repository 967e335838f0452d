import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { Account } from '../account/account.ts';
import type { OpenedSession, SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import { holding } from '../suspension/suspension.ts';
import {
  type AccountClosed,
  type AccountSuspended,
  accountClosed,
  accountSuspended,
  type InvalidCredentials,
  invalidCredentials,
} from './sign-in.problems.ts';

export type Admission = ReturnType<typeof createAdmission>;

export interface Admitted {
  readonly account: Account;
  readonly opened: OpenedSession;
}

/** The one way to a session, however a member has shown who she is. */
export function createAdmission({
  accounts,
  sessions,
  clock,
}: {
  accounts: AccountStore;
  sessions: SessionService;
  clock: Clock;
}) {
  /**
   * Opens a session, unless the account is closed or suspended. Its row is locked: who is suspended at the same moment
   * has no session afterwards.
   */
  return async function admit(
    tx: Tx,
    accountId: string,
    client: Client,
  ): Promise<Admitted | AccountClosed | AccountSuspended | InvalidCredentials> {
    const found = await accounts.lock(tx, accountId);
    if (!found) return invalidCredentials();
    const { account, closedFor } = found;
    if (closedFor) return accountClosed(closedFor);
    const suspension = holding(found.suspension, clock());
    if (suspension) return accountSuspended(suspension);
    return { account, opened: await sessions.open(tx, accountId, client) };
  };
}

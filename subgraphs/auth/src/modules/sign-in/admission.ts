import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { Account } from '../account/account.ts';
import type { OpenedSession, SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import { holding } from '../suspension/suspension.ts';
import type { TicketKind, TicketService } from '../ticket/ticket.service.ts';
import type { SecondFactor } from '../totp/second-factor.ts';
import { accountClosed, accountSuspended, invalidCredentials, type NotAdmitted } from './sign-in.problems.ts';

export type Admission = ReturnType<typeof createAdmission>;

export interface Admitted {
  readonly account: Account;
  readonly opened: OpenedSession;
}

/** The first step of a sign-in was good; a code of the second factor is asked for. */
export interface SecondFactorRequired {
  readonly __typename: 'SecondFactorRequired';
  readonly challenge: string;
  readonly expiresAt: Date;
}

/** A sign-in that waits for the second factor. */
export const SECOND_FACTOR: TicketKind<Record<string, never>> = {
  purpose: 'SECOND_FACTOR',
  data: z.record(z.string(), z.never()),
  seconds: 600,
};

/** The one way to a session, however a member has shown who she is. */
export function createAdmission({
  accounts,
  sessions,
  tickets,
  secondFactor,
  clock,
}: {
  accounts: AccountStore;
  sessions: SessionService;
  tickets: TicketService;
  secondFactor: SecondFactor;
  clock: Clock;
}) {
  /** The account, unless it is closed or suspended. Its row is locked: who is suspended now has no session afterwards. */
  async function gate(tx: Tx, accountId: string): Promise<{ account: Account } | NotAdmitted> {
    const found = await accounts.lock(tx, accountId);
    if (!found) return invalidCredentials();
    if (found.closedFor) return accountClosed(found.closedFor);
    const suspension = holding(found.suspension, clock());
    return suspension ? accountSuspended(suspension) : { account: found.account };
  }

  /** Opens a session for who has shown two factors, or one that counts for two. */
  async function withTwoFactors(tx: Tx, accountId: string, client: Client): Promise<Admitted | NotAdmitted> {
    const admitted = await gate(tx, accountId);
    if ('code' in admitted) return admitted;
    return { ...admitted, opened: await sessions.open(tx, accountId, client) };
  }

  /** Opens a session for who has shown one factor, unless the member has a second one: then it is asked for. */
  async function withOneFactor(
    tx: Tx,
    accountId: string,
    client: Client,
  ): Promise<Admitted | SecondFactorRequired | NotAdmitted> {
    const admitted = await gate(tx, accountId);
    if ('code' in admitted) return admitted;
    if (!(await secondFactor.isOn(tx, accountId))) return withTwoFactors(tx, accountId, client);
    const { token, expiresAt } = await tickets.issue(SECOND_FACTOR, { accountId, data: {} }, tx);
    return { __typename: 'SecondFactorRequired', challenge: token, expiresAt };
  }

  return {
    withOneFactor,
    withTwoFactors,
    /** Why somebody would get no session, or null. */
    async refusal(tx: Tx, accountId: string): Promise<NotAdmitted | null> {
      const admitted = await gate(tx, accountId);
      return 'code' in admitted ? admitted : null;
    },
  };
}

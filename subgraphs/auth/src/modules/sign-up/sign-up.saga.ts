import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Saga, SagaDefinition } from '@community/saga/saga';
import type { Sagas } from '@community/saga/sagas';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import type { AccountClosing } from '../account/account.closing.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import { SIGN_UP_FAILED } from '../account/account.ts';

export const SIGN_UP_KIND = 'sign_up';

/** A welcome that comes later than this is none. */
const WELCOME_WITHIN_MS = 3 * 86_400_000;

const signUpData = z.object({ handle: z.string(), language: z.string() });

/**
 * What follows an account that was made. Its id is the account's. The profile may be refused for good (the handle went to
 * somebody else): then the account is closed. A welcome mail that is refused leaves the account as it is.
 */
export function signUpSaga({
  transactions,
  accounts,
  close,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  close: AccountClosing;
}): SagaDefinition<Tx> {
  async function askForProfile(tx: Tx, saga: Saga, attempt: number): Promise<void> {
    // The first time `account.created` asks.
    if (attempt === 1) return;
    const version = await accounts.nextEventVersion(tx, saga.subject);
    if (version === null) return;
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.profile_requested',
      aggregateId: saga.subject,
      aggregateVersion: version,
      payload: { accountId: saga.subject, sagaId: saga.id, ...signUpData.parse(saga.data) },
    });
  }

  async function askForWelcome(tx: Tx, saga: Saga): Promise<void> {
    const version = await accounts.nextEventVersion(tx, saga.subject);
    if (version === null) return;
    const { language } = signUpData.parse(saga.data);
    await emit(transactions.sql(tx), accountEvents, {
      type: 'welcome.requested',
      aggregateId: saga.subject,
      aggregateVersion: version,
      payload: { accountId: saga.subject, sagaId: saga.id, language },
    });
  }

  return {
    kind: SIGN_UP_KIND,
    steps: () => [
      {
        name: 'account',
        compensate: (tx, saga, reason) => close(tx, saga.subject, `${SIGN_UP_FAILED}${reason}`),
      },
      { name: 'profile', after: ['account'], ask: askForProfile },
      // Answered by `account.created` itself, once it is in the log that analytics counts from.
      { name: 'analytics', after: ['account'] },
      { name: 'welcome', after: ['profile'], optional: true, givenUpAfterMs: WELCOME_WITHIN_MS, ask: askForWelcome },
    ],
  };
}

/** Begins the saga of an account, in the transaction that made it. */
export function startSignUpSaga(
  sagas: Sagas<Tx>,
  tx: Tx,
  { accountId, handle, language }: { accountId: string; handle: string; language: string },
): Promise<void> {
  return sagas.start(tx, { id: accountId, kind: SIGN_UP_KIND, subject: accountId, data: { handle, language } }, [
    'account',
  ]);
}

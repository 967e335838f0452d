import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { keysetPages } from '@community/kit/keyset-pages';
import type { MemberData } from '@community/kit/member-data';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import { receiptEvents } from './member-data.events.ts';
import type { MemberDataStore } from './member-data.store.ts';

/** Auth's part of a member: account, credentials and sessions. Password hashes and tokens are not exported. */
export function createMemberData({
  transactions,
  accounts,
  data,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  data: MemberDataStore;
}): MemberData<Tx> {
  return {
    receipts: receiptEvents,

    async *export(memberId) {
      yield { section: 'account', items: await data.account(memberId) };
      yield* keysetPages(
        'sessions',
        (after, limit) => data.sessionsPage(memberId, after, limit),
        (session) => session.id,
      );
      yield { section: 'secondFactor', items: await data.totp(memberId) };
      yield { section: 'apiTokens', items: await data.apiTokens(memberId) };
      yield { section: 'identities', items: await data.identities(memberId) };
      yield { section: 'passkeys', items: await data.passkeys(memberId) };
      yield* keysetPages(
        'audit',
        (after, limit) => data.auditPage(memberId, after, limit),
        (entry) => entry.id,
      );
    },

    async erase(tx, memberId) {
      const version = await accounts.nextEventVersion(tx, memberId);
      const counts = await data.erase(tx, memberId);
      if (version !== null) {
        await emit(transactions.sql(tx), accountEvents, {
          type: 'account.erased',
          aggregateId: memberId,
          aggregateVersion: version,
          payload: { accountId: memberId },
        });
      }
      return counts;
    },
  };
}

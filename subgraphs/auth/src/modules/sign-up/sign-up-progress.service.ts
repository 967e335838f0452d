import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import type { Saga } from '@community/saga/saga';
import { findSagas } from '@community/saga/saga.store';
import type { Tx } from '../../database.ts';
import { SIGN_UP_KIND } from './sign-up.saga.ts';

export type SignUpProgressService = ReturnType<typeof createSignUpProgressService>;

export function createSignUpProgressService({ transactions }: { transactions: Transactions<Tx> }) {
  return {
    /** How far a sign-up has come, for its member and for administrators; null for all others. */
    async of(viewer: Member | null, accountId: string): Promise<Saga | null> {
      if (viewer?.id !== accountId && !viewer?.roles.includes('ADMINISTRATOR')) return null;
      if (!isId(accountId)) return null;
      const [saga] = await transactions.run((tx) => findSagas(transactions.sql(tx), [SIGN_UP_KIND], accountId));
      return saga ?? null;
    },
  };
}

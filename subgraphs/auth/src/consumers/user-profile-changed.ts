import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { AccountStore } from '../modules/account/account.store.ts';

const schema = z.object({ userId: z.uuid(), language: z.string() });

/** The language that she reads is told by user; mails to her are written in it. */
export function userProfileChanged(accounts: AccountStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => accounts.setLanguage(tx, data.userId, data.language),
  });
}

import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { sourceId, time } from '@community/import/fields';
import type { ImportIds } from '@community/import/import-ids';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import { isEmail, normaliseEmail } from '../account/email.ts';
import type { AccountImportStore } from './account-import.store.ts';

/** PHC strings of Argon2id: what the hasher verifies, whatever the parameters. */
const ARGON2ID = /^\$argon2id\$v=\d+\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;

const form = z.object({
  id: sourceId,
  handle: z.string(),
  email: z.string().transform(normaliseEmail).refine(isEmail, { error: 'is not an e-mail address' }),
  emailVerified: z.boolean().default(false),
  language: z.enum(['en', 'ko']).default('en'),
  passwordHash: z
    .string()
    .max(255)
    .regex(ARGON2ID, { error: 'is not an Argon2id hash in PHC format; leave it out, and she sets a new password' })
    .optional(),
  createdAt: time,
});

/** Accounts of members who come from elsewhere: nobody is welcomed, and no mail asks for her address. */
export function accountImport({
  transactions,
  accounts,
  idOf,
  rejected,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountImportStore;
  idOf: ImportIds;
  /** The lines of members who could not have their handle. */
  rejected: ReadonlySet<number>;
}): ImportStep<Tx> {
  return importStep({
    name: 'accounts',
    file: 'members.jsonl',
    form,
    async apply(tx, items) {
      const wanted = items.filter(({ line }) => !rejected.has(line));
      const members = wanted.map(({ line, item }) => ({ ...item, line, id: idOf('member', item.id) }));
      const { added, refused } = await accounts.add(tx, members);
      await emitAll(
        transactions.sql(tx),
        accountEvents,
        members
          .filter(({ id }) => added.delete(id))
          .map(({ id, handle, language, createdAt }) => ({
            type: 'account.created',
            aggregateId: id,
            aggregateVersion: 1,
            actorId: id,
            importedTime: createdAt,
            payload: { accountId: id, handle: handle.toLowerCase(), language },
          })),
      );
      return members
        .filter(({ id }) => refused.has(id))
        .map(({ line }) => ({ line, reason: 'email: another account has this address' }));
    },
  });
}

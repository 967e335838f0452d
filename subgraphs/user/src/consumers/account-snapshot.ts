import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { DirectoryStore } from '../modules/directory/directory.store.ts';

const schema = z.object({ accountId: z.uuid(), suspended: z.boolean().optional() });

/** All that auth knows of an account: whether it is suspended is noted anew. */
export function accountSnapshot(directory: DirectoryStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { accountId, suspended } }) {
      if (suspended !== undefined) await directory.setSuspended(tx, accountId, suspended);
    },
  });
}

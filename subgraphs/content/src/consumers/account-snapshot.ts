import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { SuspensionStore } from '../modules/suspension/suspension.store.ts';

const schema = z.object({ accountId: z.uuid(), suspended: z.boolean().optional() });

/** All that auth knows of an account: whether it is suspended is noted anew. */
export function accountSnapshot(suspensions: SuspensionStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { accountId, suspended } }) {
      if (suspended !== undefined) await suspensions.set(tx, accountId, suspended);
    },
  });
}

import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { DirectoryStore } from '../modules/directory/directory.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** auth suspended an account, or the suspension is over: nobody comes upon its member meanwhile. */
export function accountSuspended(directory: DirectoryStore, suspended: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => directory.setSuspended(tx, data.accountId, suspended),
  });
}

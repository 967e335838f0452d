import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { SuspensionStore } from '../modules/suspension/suspension.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** auth suspended an account, or the suspension is over: what its member wrote is not there meanwhile. */
export function accountSuspended(suspensions: SuspensionStore, suspended: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => suspensions.set(tx, data.accountId, suspended),
  });
}

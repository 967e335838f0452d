import { handler } from '@community/events/consumer';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { ErasureStore } from '../modules/member/erasure.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** Nobody signs in to an account any more: what is kept for its member is of no use. */
export function accountClosed(erasure: ErasureStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) => erasure.erase(tx, data.accountId),
  });
}

import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { GrantStore } from '../modules/stream/grant.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** An account is suspended: the streams of all grants that it was given end. Its tokens are refused by the platform. */
export function accountSuspended(grants: GrantStore, ring: (tx: Tx, roomIds: readonly string[]) => void) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: async (tx, { data }) => ring(tx, await grants.endAllOf(tx, data.accountId)),
  });
}

import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { GrantStore } from '../modules/stream/grant.store.ts';

const schema = z.object({ sessionId: z.uuid() });

/** A session ends: so do the streams of all grants that it was given. @param ring tells the instances of the rooms */
export function sessionRevoked(grants: GrantStore, ring: (tx: Tx, roomIds: readonly string[]) => void) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: async (tx, { data }) => ring(tx, await grants.endSession(tx, data.sessionId)),
  });
}

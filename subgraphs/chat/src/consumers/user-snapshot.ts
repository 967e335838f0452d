import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { Blocking } from '../modules/block/blocking.ts';

const schema = z.object({ userId: z.uuid(), blockedIds: z.array(z.uuid()) });

/** All that user knows of a member: the projection of her blocks is made anew. */
export function userSnapshot(blocking: Blocking) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => blocking.replace(tx, data.userId, data.blockedIds),
  });
}

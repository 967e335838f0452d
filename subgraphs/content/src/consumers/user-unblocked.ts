import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { BlockStore } from '../modules/block/block.store.ts';

const schema = z.object({ blockerId: z.uuid(), blockedId: z.uuid() });

/** A member blocks another no longer. */
export function userUnblocked(blocks: BlockStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => blocks.remove(tx, data.blockerId, data.blockedId),
  });
}

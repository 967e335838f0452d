import { handler } from '@community/events/consumer';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { BlockStore } from '../modules/block/block.store.ts';

const schema = z.object({ userId: z.uuid(), blockedIds: z.array(z.uuid()) });

/** All that user knows of a member: the projection of her blocks is made anew. */
export function userSnapshot(blocks: BlockStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => blocks.replace(tx, data.userId, data.blockedIds),
  });
}

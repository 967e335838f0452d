import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { BlockStore } from '../modules/block/block.store.ts';

const schema = z.object({ blockerId: z.uuid(), blockedId: z.uuid() });

/** A member blocks another: from now on neither sees what the other writes. */
export function userBlocked(blocks: BlockStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => blocks.add(tx, data.blockerId, data.blockedId),
  });
}

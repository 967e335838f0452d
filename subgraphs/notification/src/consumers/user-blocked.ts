import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { BlockStore } from '../modules/block/block.store.ts';

const schema = z.object({ blockerId: z.uuid(), blockedId: z.uuid() });

/** A member blocks another, or no longer does: what one did is hidden from the other's inbox, or shown again. */
export function userBlocked({ blocks, pending }: { blocks: BlockStore; pending: PendingStore }, blocked: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { blockerId, blockedId }, time }) {
      await (blocked ? blocks.add(tx, blockerId, blockedId) : blocks.remove(tx, blockerId, blockedId));
      await pending.review(tx, [[blockerId, blockedId]], new Date(time));
    },
  });
}

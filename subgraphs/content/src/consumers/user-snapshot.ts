import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { BlockStore } from '../modules/block/block.store.ts';
import type { MentionStore } from '../modules/mention/mention.store.ts';

const schema = z.object({ userId: z.uuid(), handle: z.string(), blockedIds: z.array(z.uuid()) });

/** All that user knows of a member: what is kept of her here is made anew. */
export function userSnapshot({ blocks, mentions }: { blocks: BlockStore; mentions: MentionStore }) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { userId, handle, blockedIds } }) {
      await mentions.setHandle(tx, userId, handle);
      await blocks.replace(tx, userId, blockedIds);
    },
  });
}

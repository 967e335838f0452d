import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { BlockStore } from '../modules/block/block.store.ts';
import type { MemberStore } from '../modules/member/member.store.ts';
import type { MuteStore } from '../modules/mute/mute.store.ts';

const schema = z.object({
  userId: z.uuid(),
  handle: z.string(),
  language: z.string(),
  blockedIds: z.array(z.uuid()),
  mutedIds: z.array(z.uuid()).optional(),
});

/** All that user knows of a member: what is kept of her here is made anew. */
export function userSnapshot(stores: {
  blocks: BlockStore;
  mutes: MuteStore;
  pending: PendingStore;
  members: MemberStore;
}) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { userId, handle, language, blockedIds, mutedIds }, time }) {
      await stores.members.describe(tx, userId, { handle, language });
      const changed = await stores.blocks.replace(tx, userId, blockedIds);
      if (mutedIds) changed.push(...(await stores.mutes.replace(tx, userId, mutedIds)));
      await stores.pending.review(
        tx,
        changed.map((id) => [userId, id] as const),
        new Date(time),
      );
    },
  });
}

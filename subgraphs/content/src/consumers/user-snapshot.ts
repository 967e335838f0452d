import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { BlockStore } from '../modules/block/block.store.ts';
import type { FollowStore } from '../modules/follow/follow.store.ts';
import type { MentionStore } from '../modules/mention/mention.store.ts';
import type { MuteStore } from '../modules/mute/mute.store.ts';
import type { PrivacyStore } from '../modules/privacy/privacy.store.ts';

const schema = z.object({
  userId: z.uuid(),
  handle: z.string(),
  blockedIds: z.array(z.uuid()),
  mutedIds: z.array(z.uuid()).optional(),
  followedIds: z.array(z.uuid()).optional(),
  private: z.boolean().optional(),
});

/** All that user knows of a member: what is kept of her here is made anew. */
export function userSnapshot(stores: {
  blocks: BlockStore;
  mutes: MuteStore;
  follows: FollowStore;
  privacy: PrivacyStore;
  mentions: MentionStore;
}) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { userId, handle, blockedIds, mutedIds, ...data } }) {
      await stores.mentions.setHandle(tx, userId, handle);
      await stores.blocks.replace(tx, userId, blockedIds);
      if (data.followedIds) await stores.follows.replace(tx, userId, data.followedIds);
      if (data.private !== undefined) await stores.privacy.set(tx, userId, data.private);
      if (mutedIds) await stores.mutes.replace(tx, userId, mutedIds);
    },
  });
}

import type { SnapshotSource } from '@community/events/snapshots';
import type { BlockStore } from '../block/block.store.ts';
import type { FollowStore } from '../follow/follow.store.ts';
import type { MuteStore } from '../mute/mute.store.ts';
import { profileEvents } from './profile.events.ts';
import type { ProfileStore } from './profile.store.ts';

/** Tells every member again, with whom she follows, blocks and mutes. */
export function profileSnapshots(stores: {
  profile: ProfileStore;
  block: BlockStore;
  mute: MuteStore;
  follow: FollowStore;
}): SnapshotSource {
  return {
    name: 'user',
    events: profileEvents,
    async page(after, limit) {
      const profiles = await stores.profile.page(after, limit);
      const ids = profiles.map((profile) => profile.id);
      const blocked = await stores.block.blockedBy(ids);
      const followed = await stores.follow.followedByEach(ids);
      const muted = await stores.mute.mutedBy(ids);
      return profiles.map((profile) => ({
        type: 'user.snapshot',
        aggregateId: profile.id,
        aggregateVersion: profile.eventVersion,
        payload: {
          userId: profile.id,
          handle: profile.handle,
          language: profile.language,
          createdAt: profile.createdAt.toISOString(),
          blockedIds: blocked.get(profile.id) ?? [],
          mutedIds: muted.get(profile.id) ?? [],
          followedIds: followed.get(profile.id) ?? [],
          private: profile.isPrivate,
        },
      }));
    },
  };
}

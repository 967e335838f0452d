import type { SnapshotSource } from '@community/events/snapshots';
import type { BlockStore } from '../block/block.store.ts';
import { profileEvents } from './profile.events.ts';
import type { ProfileStore } from './profile.store.ts';

/** Tells every member again, with whom she blocks. */
export function profileSnapshots(stores: { profile: ProfileStore; block: BlockStore }): SnapshotSource {
  return {
    name: 'user',
    events: profileEvents,
    async page(after, limit) {
      const profiles = await stores.profile.page(after, limit);
      const blocked = await stores.block.blockedBy(profiles.map((profile) => profile.id));
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
        },
      }));
    },
  };
}

import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Tx } from '../../database.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { followEvents } from './follow.events.ts';
import type { FollowStore } from './follow.store.ts';

export type FollowRecorder = ReturnType<typeof createFollowRecorder>;

/** Keeps follows: the row, the counters of both members and the event, in one transaction. */
export function createFollowRecorder({
  transactions,
  follows,
  profiles,
}: {
  transactions: Transactions<Tx>;
  follows: FollowStore;
  profiles: ProfileStore;
}) {
  return {
    /**
     * Records that a follow began or ended; does nothing when it had already, so that a retry is harmless. The rows of
     * both members must be locked. @param actorId who of the two did it
     */
    async record(
      tx: Tx,
      type: 'user.followed' | 'user.unfollowed',
      followerId: string,
      followeeId: string,
      actorId: string,
    ): Promise<void> {
      const begins = type === 'user.followed';
      const changed = begins
        ? await follows.add(tx, followerId, followeeId)
        : await follows.remove(tx, followerId, followeeId);
      if (!changed) return;
      await profiles.addToCounts(tx, followerId, followeeId, begins ? 1 : -1);
      await emit(transactions.sql(tx), followEvents, {
        type,
        aggregateId: followerId,
        aggregateVersion: await profiles.nextEventVersion(tx, followerId),
        actorId,
        payload: { followerId, followeeId },
      });
    },
  };
}

import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { keysetPages } from '@community/kit/keyset-pages';
import type { MemberData } from '@community/kit/member-data';
import type { Tx } from '../../database.ts';
import type { HandleStore } from '../handle/handle.store.ts';
import { profileEvents } from '../profile/profile.events.ts';
import { receiptEvents } from './member-data.events.ts';
import type { MemberDataStore } from './member-data.store.ts';

/** So long nobody gets the handle of a member who was erased: who finds it in old pages is not to meet somebody else. */
const HANDLE_RETIRED_MS = 90 * 86_400_000;

/** Of whom one event tells: it must fit into a record of the log. */
const TOLD_AT_ONCE = 500;

/** User's part of a member: profile, follows, blocks and mutes. */
export function createMemberData({
  transactions,
  data,
  handles,
}: {
  transactions: Transactions<Tx>;
  data: MemberDataStore;
  handles: HandleStore;
}): MemberData<Tx> {
  return {
    receipts: receiptEvents,

    async *export(memberId) {
      yield { section: 'profile', items: await data.profile(memberId) };
      yield* keysetPages(
        'following',
        (after, limit) => data.followingPage(memberId, after, limit),
        (follow) => follow.followeeId,
      );
      yield* keysetPages(
        'blocks',
        (after, limit) => data.blocksPage(memberId, after, limit),
        (block) => block.blockedId,
      );
      yield* keysetPages(
        'followRequests',
        (after, limit) => data.followRequestsPage(memberId, after, limit),
        (request) => request.followeeId,
      );
      yield* keysetPages(
        'dismissedSuggestions',
        (after, limit) => data.dismissedPage(memberId, after, limit),
        (dismissed) => dismissed.dismissedId,
      );
      yield* keysetPages(
        'mutes',
        (after, limit) => data.mutesPage(memberId, after, limit),
        (mute) => mute.mutedId,
      );
    },

    async erase(tx, memberId) {
      const follows = await data.eraseFollows(tx, memberId);
      const blocks = await data.eraseBlocks(tx, memberId);
      const followRequests = await data.eraseFollowRequests(tx, memberId);
      const dismissedSuggestions = await data.eraseDismissed(tx, memberId);
      const mutes = await data.eraseMutes(tx, memberId);
      const gone = await data.eraseProfile(tx, memberId);
      if (gone) {
        await handles.retire(tx, gone.handle, new Date(Date.now() + HANDLE_RETIRED_MS));
        const { memberIds } = follows;
        const told = Array.from({ length: Math.ceil(memberIds.length / TOLD_AT_ONCE) }, (_, i) =>
          memberIds.slice(i * TOLD_AT_ONCE, (i + 1) * TOLD_AT_ONCE),
        );
        await emitAll(transactions.sql(tx), profileEvents, [
          ...told.map((some, i) => ({
            type: 'user.follows_erased' as const,
            aggregateId: memberId,
            aggregateVersion: gone.eventVersion + i,
            payload: { userId: memberId, memberIds: some },
          })),
          {
            type: 'user.erased' as const,
            aggregateId: memberId,
            aggregateVersion: gone.eventVersion + told.length,
            payload: { userId: memberId },
          },
        ]);
      }
      return { profiles: gone ? 1 : 0, follows: follows.count, followRequests, blocks, mutes, dismissedSuggestions };
    },
  };
}

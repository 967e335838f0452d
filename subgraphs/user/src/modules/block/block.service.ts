import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { type Invalid, invalid, isProblem, type NotFound, type NotSignedIn } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { FollowService } from '../follow/follow.service.ts';
import { noSuchMember, requireMemberActingOn } from '../profile/other-member.ts';
import type { ProfileCache } from '../profile/profile.cache.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { blockEvents } from './block.events.ts';
import type { BlockStore } from './block.store.ts';

export type BlockService = ReturnType<typeof createBlockService>;

export interface Blocked<Name extends string> {
  readonly __typename: Name;
  readonly userId: string;
}

type Refused = NotSignedIn | NotFound | Invalid;

export function createBlockService({
  transactions,
  blocks,
  follows,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  blocks: BlockStore;
  follows: FollowService;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  async function tell(
    tx: Tx,
    type: 'user.blocked' | 'user.unblocked',
    blockerId: string,
    blockedId: string,
  ): Promise<void> {
    await emit(transactions.sql(tx), blockEvents, {
      type,
      aggregateId: blockerId,
      aggregateVersion: await profiles.nextEventVersion(tx, blockerId),
      actorId: blockerId,
      payload: { blockerId, blockedId },
    });
  }

  return {
    /** Blocks a member: follows between the two end, and neither sees the other from now on. */
    async block(viewer: Member | null, userId: string): Promise<Blocked<'BlockSuccess'> | Refused> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      if (userId === member.id) return invalid('You cannot block yourself.', ['input', 'userId']);
      const result = await transactions.run(async (tx) => {
        const locked = await profiles.lock(tx, [member.id, userId]);
        if (!locked.has(userId) || !locked.has(member.id)) return noSuchMember();
        if (await blocks.add(tx, member.id, userId)) {
          await follows.endBetween(tx, member.id, userId);
          await tell(tx, 'user.blocked', member.id, userId);
        }
        return { __typename: 'BlockSuccess' as const, userId };
      });
      // Their counts, where follows ended.
      await cache.forget([member.id, userId]);
      return result;
    },

    /** Ends a block; follows that it ended stay ended. */
    async unblock(viewer: Member | null, userId: string): Promise<Blocked<'UnblockSuccess'> | Refused> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        await profiles.lock(tx, [member.id]);
        if (await blocks.remove(tx, member.id, userId)) await tell(tx, 'user.unblocked', member.id, userId);
        return { __typename: 'UnblockSuccess', userId };
      });
    },
  };
}

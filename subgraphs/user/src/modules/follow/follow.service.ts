import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { ProfileCache } from '../profile/profile.cache.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import type { Profile } from '../profile/profile.ts';
import { followEvents } from './follow.events.ts';
import type { FollowStore } from './follow.store.ts';

export type FollowService = ReturnType<typeof createFollowService>;

export interface Followed<Name extends string> {
  readonly __typename: Name;
  readonly user: Profile;
}

type Refused = NotSignedIn | NotFound | Invalid;

export function createFollowService({
  transactions,
  follows,
  blocks,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  follows: FollowStore;
  blocks: BlockStore;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  /** Records that a follow began or ended; does nothing when it had already, so that a retry is harmless. */
  async function record(
    tx: Tx,
    type: 'user.followed' | 'user.unfollowed',
    followerId: string,
    followeeId: string,
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
      actorId: followerId,
      payload: { followerId, followeeId },
    });
  }

  async function readBack(tx: Tx, id: string): Promise<Profile> {
    const profile = await profiles.byId(tx, id);
    if (!profile) throw new Error(`profile ${id} is gone while its row is locked`);
    return profile;
  }

  return {
    /** Ends the follows between two members, in both directions; their rows must be locked. */
    async endBetween(tx: Tx, a: string, b: string): Promise<void> {
      await record(tx, 'user.unfollowed', a, b);
      await record(tx, 'user.unfollowed', b, a);
    },

    /** Follows a member, unless one of the two blocks the other: then she is not to be found. */
    async follow(viewer: Member | null, userId: string): Promise<Followed<'FollowSuccess'> | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(userId)) return notFound('member', ['input', 'userId']);
      if (userId === member.id) return invalid('You cannot follow yourself.', ['input', 'userId']);
      const result = await transactions.run(async (tx) => {
        const locked = await profiles.lock(tx, [member.id, userId]);
        if (!locked.has(userId) || !locked.has(member.id) || (await blocks.between(tx, member.id, userId)))
          return notFound('member', ['input', 'userId']);
        await record(tx, 'user.followed', member.id, userId);
        return { __typename: 'FollowSuccess' as const, user: await readBack(tx, userId) };
      });
      await cache.forget([member.id, userId]);
      return result;
    },

    /** Stops following a member; well also when she was not followed. */
    async unfollow(viewer: Member | null, userId: string): Promise<Followed<'UnfollowSuccess'> | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(userId)) return notFound('member', ['input', 'userId']);
      const result = await transactions.run(async (tx) => {
        const locked = await profiles.lock(tx, [member.id, userId]);
        if (!locked.has(userId)) return notFound('member', ['input', 'userId']);
        await record(tx, 'user.unfollowed', member.id, userId);
        return { __typename: 'UnfollowSuccess' as const, user: await readBack(tx, userId) };
      });
      await cache.forget([member.id, userId]);
      return result;
    },
  };
}

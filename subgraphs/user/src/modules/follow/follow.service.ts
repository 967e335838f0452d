import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { type Invalid, invalid, isProblem, type NotFound, type NotSignedIn } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { FollowRequestService } from '../follow-request/follow-request.service.ts';
import { noSuchMember, requireMemberActingOn } from '../profile/other-member.ts';
import type { ProfileCache } from '../profile/profile.cache.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import type { Profile } from '../profile/profile.ts';
import type { FollowRecorder } from './follow.recorder.ts';
import type { FollowStore } from './follow.store.ts';

export type FollowService = ReturnType<typeof createFollowService>;

/** A snapshot names all whom a member follows, and an event must fit into a record of the log. */
const MAX_FOLLOWED = 10_000;

export interface Followed<Name extends string> {
  readonly __typename: Name;
  readonly user: Profile;
}

type Refused = NotSignedIn | NotFound | Invalid;

export function createFollowService({
  transactions,
  recorder,
  requests,
  follows,
  blocks,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  recorder: FollowRecorder;
  requests: FollowRequestService;
  follows: FollowStore;
  blocks: BlockStore;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  async function readBack(tx: Tx, id: string): Promise<Profile> {
    const profile = await profiles.byId(tx, id);
    if (!profile) throw new Error(`profile ${id} is gone while its row is locked`);
    return profile;
  }

  /** Ends a follow, whichever of the two wants it. */
  async function endFollow<Name extends string>(
    viewer: Member | null,
    userId: string,
    followOf: (member: Member) => readonly [followerId: string, followeeId: string],
    __typename: Name,
  ): Promise<Followed<Name> | Refused> {
    const member = requireMemberActingOn(viewer, userId);
    if (isProblem(member)) return member;
    const result = await transactions.run(async (tx) => {
      const locked = await profiles.lock(tx, [member.id, userId]);
      if (!locked.has(userId) || (await blocks.between(tx, member.id, userId))) return noSuchMember();
      await recorder.record(tx, 'user.unfollowed', ...followOf(member), member.id);
      return { __typename, user: await readBack(tx, userId) };
    });
    await cache.forget([member.id, userId]);
    return result;
  }

  return {
    /** Ends the follows between two members and their requests, in both directions; their rows must be locked. */
    async endBetween(tx: Tx, actorId: string, otherId: string): Promise<void> {
      await recorder.record(tx, 'user.unfollowed', actorId, otherId, actorId);
      await recorder.record(tx, 'user.unfollowed', otherId, actorId, actorId);
      await requests.end(tx, actorId, otherId, 'CANCELLED', actorId);
      await requests.end(tx, otherId, actorId, 'DECLINED', actorId);
    },

    /**
     * Follows a member, or asks a private one, who decides. Unless one of the two blocks the other: then she is not to
     * be found.
     */
    async follow(
      viewer: Member | null,
      userId: string,
    ): Promise<Followed<'FollowSuccess' | 'FollowRequested'> | Refused> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      if (userId === member.id) return invalid('You cannot follow yourself.', ['input', 'userId']);
      const result = await transactions.run(async (tx) => {
        const locked = await profiles.lock(tx, [member.id, userId]);
        const [self, other] = [locked.get(member.id), locked.get(userId)];
        if (!self || !other || (await blocks.between(tx, member.id, userId))) return noSuchMember();
        if (other.isPrivate && !(await follows.exists(tx, member.id, userId))) {
          await requests.ask(tx, member.id, userId);
          return { __typename: 'FollowRequested' as const, user: await readBack(tx, userId) };
        }
        if (self.followingCount >= MAX_FOLLOWED)
          return invalid(`You follow ${MAX_FOLLOWED} members already.`, ['input', 'userId'], 'TOO_MANY_FOLLOWED');
        await requests.end(tx, member.id, userId, 'ACCEPTED', member.id);
        await recorder.record(tx, 'user.followed', member.id, userId, member.id);
        return { __typename: 'FollowSuccess' as const, user: await readBack(tx, userId) };
      });
      await cache.forget([member.id, userId]);
      return result;
    },

    /** Stops following a member; well also when she was not followed. */
    unfollow: (viewer: Member | null, userId: string) =>
      endFollow(viewer, userId, (member) => [member.id, userId], 'UnfollowSuccess'),

    /** Takes a follower away from the viewer, who is not told; well also when she did not follow. */
    removeFollower: (viewer: Member | null, userId: string) =>
      endFollow(viewer, userId, (member) => [userId, member.id], 'RemoveFollowerSuccess'),
  };
}

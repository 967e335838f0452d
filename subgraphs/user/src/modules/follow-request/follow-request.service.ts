import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { FollowRecorder } from '../follow/follow.recorder.ts';
import type { ProfileCache } from '../profile/profile.cache.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { followRequestEvents } from './follow-request.events.ts';
import type { FollowRequestStore } from './follow-request.store.ts';

export type FollowRequestService = ReturnType<typeof createFollowRequestService>;

export interface RequestEnded<Name extends string> {
  readonly __typename: Name;
  readonly userId: string;
}

type Outcome = 'ACCEPTED' | 'DECLINED' | 'CANCELLED';

const NO_SUCH_REQUEST = () => notFound('request', ['input', 'userId']);

/** Requests to follow private members. Both members' rows are locked first, so that a request ends once. */
export function createFollowRequestService({
  transactions,
  requests,
  recorder,
  profiles,
  cache,
}: {
  transactions: Transactions<Tx>;
  requests: FollowRequestStore;
  recorder: FollowRecorder;
  profiles: ProfileStore;
  cache: ProfileCache;
}) {
  async function end(
    tx: Tx,
    followerId: string,
    followeeId: string,
    outcome: Outcome,
    actorId: string,
  ): Promise<boolean> {
    if (!(await requests.remove(tx, followerId, followeeId))) return false;
    await emit(transactions.sql(tx), followRequestEvents, {
      type: 'user.follow_request_ended',
      aggregateId: followerId,
      aggregateVersion: await profiles.nextEventVersion(tx, followerId),
      actorId,
      payload: { followerId, followeeId, outcome },
    });
    return true;
  }

  /** What the one who was asked decides. */
  async function answer<Name extends string>(
    viewer: Member | null,
    followerId: string,
    outcome: 'ACCEPTED' | 'DECLINED',
    __typename: Name,
  ): Promise<RequestEnded<Name> | NotSignedIn | NotFound> {
    const member = requireMember(viewer);
    if (isProblem(member)) return member;
    if (!isId(followerId)) return NO_SUCH_REQUEST();
    const result = await transactions.run(async (tx) => {
      await profiles.lock(tx, [member.id, followerId]);
      if (!(await end(tx, followerId, member.id, outcome, member.id))) return NO_SUCH_REQUEST();
      if (outcome === 'ACCEPTED') await recorder.record(tx, 'user.followed', followerId, member.id, member.id);
      return { __typename, userId: followerId };
    });
    if (outcome === 'ACCEPTED') await cache.forget([member.id, followerId]);
    return result;
  }

  return {
    /** Asks a private member, in the transaction that found her so; does nothing when she was asked already. */
    async ask(tx: Tx, followerId: string, followeeId: string): Promise<void> {
      if (!(await requests.add(tx, followerId, followeeId))) return;
      await emit(transactions.sql(tx), followRequestEvents, {
        type: 'user.follow_requested',
        aggregateId: followerId,
        aggregateVersion: await profiles.nextEventVersion(tx, followerId),
        actorId: followerId,
        payload: { followerId, followeeId },
      });
    },

    /** Ends a request in a transaction that needs none any more. */
    end,

    /** Lets the one who asked follow the viewer. */
    accept: (viewer: Member | null, followerId: string) =>
      answer(viewer, followerId, 'ACCEPTED', 'AcceptFollowRequestSuccess'),

    /** Refuses a request; the one who asked is not told, and may ask again. */
    decline: (viewer: Member | null, followerId: string) =>
      answer(viewer, followerId, 'DECLINED', 'DeclineFollowRequestSuccess'),

    /** Takes the viewer's own request back; well also when there is none. */
    async cancel(
      viewer: Member | null,
      followeeId: string,
    ): Promise<RequestEnded<'CancelFollowRequestSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(followeeId)) return NO_SUCH_REQUEST();
      return transactions.run(async (tx) => {
        await profiles.lock(tx, [member.id, followeeId]);
        await end(tx, member.id, followeeId, 'CANCELLED', member.id);
        return { __typename: 'CancelFollowRequestSuccess', userId: followeeId };
      });
    },
  };
}

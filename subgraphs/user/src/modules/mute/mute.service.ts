import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { type Invalid, invalid, isProblem, type NotFound, type NotSignedIn } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import { noSuchMember, requireMemberActingOn } from '../profile/other-member.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { muteEvents } from './mute.events.ts';
import type { MuteStore } from './mute.store.ts';

export type MuteService = ReturnType<typeof createMuteService>;

export interface Muted<Name extends string> {
  readonly __typename: Name;
  readonly userId: string;
}

type Refused = NotSignedIn | NotFound | Invalid;

export function createMuteService({
  transactions,
  mutes,
  blocks,
  profiles,
}: {
  transactions: Transactions<Tx>;
  mutes: MuteStore;
  blocks: BlockStore;
  profiles: ProfileStore;
}) {
  async function tell(tx: Tx, type: 'user.muted' | 'user.unmuted', muterId: string, mutedId: string): Promise<void> {
    await emit(transactions.sql(tx), muteEvents, {
      type,
      aggregateId: muterId,
      aggregateVersion: await profiles.nextEventVersion(tx, muterId),
      actorId: muterId,
      payload: { muterId, mutedId },
    });
  }

  return {
    /** Mutes a member: what she does comes to the viewer no more unless looked for. The muted one is not told. */
    async mute(viewer: Member | null, userId: string): Promise<Muted<'MuteSuccess'> | Refused> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      if (userId === member.id) return invalid('You cannot mute yourself.', ['input', 'userId']);
      return transactions.run(async (tx) => {
        const locked = await profiles.lock(tx, [member.id, userId]);
        if (!locked.has(userId) || !locked.has(member.id) || (await blocks.between(tx, member.id, userId)))
          return noSuchMember();
        if (await mutes.add(tx, member.id, userId)) await tell(tx, 'user.muted', member.id, userId);
        return { __typename: 'MuteSuccess', userId };
      });
    },

    /** Ends a mute; well also when there is none. */
    async unmute(viewer: Member | null, userId: string): Promise<Muted<'UnmuteSuccess'> | Refused> {
      const member = requireMemberActingOn(viewer, userId);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        await profiles.lock(tx, [member.id]);
        if (await mutes.remove(tx, member.id, userId)) await tell(tx, 'user.unmuted', member.id, userId);
        return { __typename: 'UnmuteSuccess', userId };
      });
    },
  };
}

import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  forbidden,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  problem,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { KnownMemberStore } from '../known-member/known-member.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import { MAX_INVITED_AT_ONCE, MAX_MEMBERS, mayInRoom } from '../room/room.policy.ts';
import type { RoomDone } from '../room/room.service.ts';
import type { RoomStore } from '../room/room.store.ts';
import type { RoomWriting } from '../room/room.write.ts';
import type { CohortStore } from '../stream/cohort.store.ts';
import type { InvitationStore } from './invitation.store.ts';

export type InvitationService = ReturnType<typeof createInvitationService>;

const NO_INVITATION = () => notFound('invitation', ['input', 'roomId']);
const full = (): Conflict =>
  problem('ConflictError', 'ROOM_FULL', `A room has at most ${MAX_MEMBERS} members and invited ones.`, ['input']);

export function createInvitationService({
  transactions,
  rooms,
  members,
  knownMembers,
  invitations,
  blocks,
  cohorts,
  writing,
}: {
  transactions: Transactions<Tx>;
  rooms: RoomStore;
  members: MemberStore;
  knownMembers: KnownMemberStore;
  invitations: InvitationStore;
  blocks: BlockStore;
  cohorts: CohortStore;
  writing: RoomWriting;
}) {
  return {
    /** Asks members into a group room. Who is in it or invited already is passed over. */
    async invite(
      viewer: Member | null,
      input: { roomId: string; memberIds: readonly string[] },
    ): Promise<RoomDone<'InviteToRoomSuccess'> | NotSignedIn | Invalid | NotFound | Forbidden | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const asked = [...new Set(input.memberIds.map((id) => id.toLowerCase()))];
      if (asked.length < 1 || asked.length > MAX_INVITED_AT_ONCE)
        return invalid(`Invite 1 to ${MAX_INVITED_AT_ONCE} members at once.`, ['input', 'memberIds']);
      const none = asked.find((id) => !isId(id));
      if (none !== undefined) return notFound('member', ['input', 'memberIds', String(asked.indexOf(none))]);
      return writing.inRoom(member, input.roomId, async (tx, room) => {
        if (room.kind === 'DIRECT') return forbidden('A direct room has two members.');
        if (!mayInRoom(room.role, 'invite')) return forbidden('Only its owner or a moderator invites to a room.');
        const blocked = await blocks.related(member.id, asked, tx);
        const known = await knownMembers.among(asked, tx);
        const hidden = asked.findIndex((id) => blocked.has(id) || !known.has(id));
        if (hidden >= 0) return notFound('member', ['input', 'memberIds', String(hidden)]);
        const inside = await members.among(tx, room.id, asked);
        const outside = asked.filter((id) => !inside.has(id));
        if (room.memberCount + (await invitations.count(tx, room.id)) + outside.length > MAX_MEMBERS) return full();
        const invited = await invitations.add(tx, room.id, outside, member.id);
        await writing.record(
          tx,
          room.id,
          member.id,
          invited.map((memberId) => ({
            change: { kind: 'MEMBER_INVITED', memberId },
            fact: { type: 'room.invited', payload: { roomId: room.id, memberId, invitedBy: member.id } },
          })),
        );
        return { __typename: 'InviteToRoomSuccess', roomId: room.id };
      });
    },

    /** Enters a room that the viewer was invited to; well also when she is in it already. */
    async accept(
      viewer: Member | null,
      roomId: string,
    ): Promise<RoomDone<'AcceptRoomInvitationSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(roomId)) return NO_INVITATION();
      return transactions.run(async (tx) => {
        await blocks.lockMembers(tx, [member.id]);
        const room = await rooms.lockForJoining(tx, roomId);
        if (!room) return NO_INVITATION();
        const done = { __typename: 'AcceptRoomInvitationSuccess', roomId: room.id } as const;
        if (!(await invitations.remove(tx, room.id, member.id)))
          return (await members.among(tx, room.id, [member.id])).size > 0 ? done : NO_INVITATION();
        await members.join(tx, room.id, member.id, 'MEMBER', room.messageNumber);
        await cohorts.endOfBlockedIn(tx, room.id, member.id);
        await writing.record(tx, room.id, member.id, [
          {
            change: { kind: 'MEMBER_JOINED', memberId: member.id },
            fact: {
              type: 'room.member_joined',
              payload: { roomId: room.id, memberId: member.id, kind: room.kind, role: 'MEMBER', level: 'ALL' },
            },
          },
        ]);
        return done;
      });
    },

    /** Says no; well also when there is no invitation any more. */
    async decline(
      viewer: Member | null,
      roomId: string,
    ): Promise<RoomDone<'DeclineRoomInvitationSuccess'> | NotSignedIn> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (isId(roomId)) await transactions.run((tx) => invitations.remove(tx, roomId, member.id));
      return { __typename: 'DeclineRoomInvitationSuccess', roomId };
    },
  };
}

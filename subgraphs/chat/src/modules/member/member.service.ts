import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Forbidden,
  forbidden,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { mayInRoom, type RoomAct } from '../room/room.policy.ts';
import type { RoomDone } from '../room/room.service.ts';
import type { RoomNotificationLevel, RoomOfMember, RoomRole } from '../room/room.ts';
import type { RoomWriting } from '../room/room.write.ts';
import type { Departure } from './departure.ts';
import type { MemberStore } from './member.store.ts';
import type { RoomMember } from './member.ts';

export type MemberService = ReturnType<typeof createMemberService>;

type Refused = NotSignedIn | NotFound | Forbidden;

const NO_SUCH_MEMBER = () => notFound('member of this room', ['input', 'memberId']);

export function createMemberService({
  members,
  departure,
  writing,
}: {
  members: MemberStore;
  departure: Departure;
  writing: RoomWriting;
}) {
  /** Does something to another member of a group room that the viewer's role is above. */
  async function to<Result extends object>(
    viewer: Member | null,
    input: { roomId: string; memberId: string },
    act: RoomAct,
    work: (tx: Tx, room: RoomOfMember, target: RoomMember) => Promise<Result>,
  ): Promise<Result | Refused> {
    const member = requireMember(viewer);
    if (isProblem(member)) return member;
    if (!isId(input.memberId)) return NO_SUCH_MEMBER();
    return writing.inRoom<Result | NotFound | Forbidden>(member, input.roomId, async (tx, room) => {
      const target = await members.find(tx, room.id, input.memberId);
      if (!target) return NO_SUCH_MEMBER();
      if (room.kind === 'DIRECT' || !mayInRoom(room.role, act, target.role))
        return forbidden('Your role in this room does not allow this.');
      return work(tx, room, target);
    });
  }

  return {
    /** Leaves a group room. When the owner leaves, a moderator or else the member who joined first becomes the owner. */
    async leave(viewer: Member | null, roomId: string): Promise<RoomDone<'LeaveRoomSuccess'> | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return writing.inRoom(member, roomId, async (tx, room) => {
        if (room.kind === 'DIRECT') return forbidden('A direct room cannot be left. Block the other member instead.');
        await departure.leave(tx, room, member.id);
        return { __typename: 'LeaveRoomSuccess', roomId: room.id };
      });
    },

    /** Takes another member out of the room. */
    async remove(viewer: Member | null, input: { roomId: string; memberId: string }) {
      return to<RoomDone<'RemoveRoomMemberSuccess'>>(viewer, input, 'removeMember', async (tx, room, target) => {
        await members.leave(tx, room.id, target.memberId);
        await writing.record(tx, room.id, viewer?.id ?? null, [
          {
            change: { kind: 'MEMBER_REMOVED', memberId: target.memberId },
            fact: {
              type: 'room.member_left',
              payload: { roomId: room.id, memberId: target.memberId, reason: 'REMOVED' },
            },
          },
        ]);
        return { __typename: 'RemoveRoomMemberSuccess', roomId: room.id };
      });
    },

    /** Keeps a member from sending until a moment, or lets her again. */
    async mute(viewer: Member | null, input: { roomId: string; memberId: string; until: Date | null }) {
      return to<RoomDone<'MuteRoomMemberSuccess'>>(viewer, input, 'mute', async (tx, room, target) => {
        await members.change(tx, room.id, target.memberId, { mutedUntil: input.until });
        await writing.record(tx, room.id, viewer?.id ?? null, [
          { change: { kind: input.until ? 'MEMBER_MUTED' : 'MEMBER_UNMUTED', memberId: target.memberId } },
        ]);
        return { __typename: 'MuteRoomMemberSuccess', roomId: room.id };
      });
    },

    /** Gives a member a role. Who makes another the owner becomes a moderator. */
    async setRole(viewer: Member | null, input: { roomId: string; memberId: string; role: RoomRole }) {
      const act = input.role === 'OWNER' ? 'handOver' : 'setRole';
      return to<RoomDone<'SetRoomRoleSuccess'>>(viewer, input, act, async (tx, room, target) => {
        await members.change(tx, room.id, target.memberId, { role: input.role });
        if (act === 'handOver') await members.change(tx, room.id, room.memberId, { role: 'MODERATOR' });
        await writing.record(tx, room.id, room.memberId, [
          { change: { kind: 'ROLE_CHANGED', memberId: target.memberId, role: input.role } },
          ...(act === 'handOver'
            ? [{ change: { kind: 'ROLE_CHANGED', memberId: room.memberId, role: 'MODERATOR' } as const }]
            : []),
        ]);
        return { __typename: 'SetRoomRoleSuccess', roomId: room.id };
      });
    },

    /** Sets of which messages in this room the viewer wants to be notified. */
    async setLevel(
      viewer: Member | null,
      input: { roomId: string; level: RoomNotificationLevel },
    ): Promise<RoomDone<'SetRoomNotificationLevelSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return writing.inRoom(member, input.roomId, async (tx, room) => {
        if (room.level !== input.level) {
          await members.change(tx, room.id, member.id, { level: input.level });
          await writing.record(tx, room.id, member.id, [
            {
              fact: {
                type: 'room.level_changed',
                payload: { roomId: room.id, memberId: member.id, level: input.level },
              },
            },
          ]);
        }
        return { __typename: 'SetRoomNotificationLevelSuccess', roomId: room.id };
      });
    },
  };
}

import type { Tx } from '../../database.ts';
import type { RoomRole } from '../room/room.ts';
import type { RoomWriting } from '../room/room.write.ts';
import type { MemberStore } from './member.store.ts';

export type Departure = ReturnType<typeof createDeparture>;

/** How a member leaves a room by herself. */
export function createDeparture({ members, writing }: { members: MemberStore; writing: RoomWriting }) {
  return {
    /** Takes a member out of a room, which is locked; when she owned it, it goes to a moderator or else who joined first. */
    async leave(tx: Tx, room: { id: string; role: RoomRole }, memberId: string): Promise<void> {
      const heir = room.role === 'OWNER' ? await members.heirOf(tx, room.id) : null;
      await members.leave(tx, room.id, memberId);
      if (heir) await members.change(tx, room.id, heir, { role: 'OWNER' });
      await writing.record(tx, room.id, memberId, [
        {
          change: { kind: 'MEMBER_LEFT', memberId },
          fact: { type: 'room.member_left', payload: { roomId: room.id, memberId, reason: 'LEFT' } },
        },
        ...(heir ? [{ change: { kind: 'ROLE_CHANGED', memberId: heir, role: 'OWNER' } as const }] : []),
      ]);
    },
  };
}

import type { Ephemeral } from '@community/ephemeral/ephemeral';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, requireMember } from '@community/kit/problem';
import type { RoomDone } from '../room/room.service.ts';
import type { RoomStore } from '../room/room.store.ts';
import { NO_SUCH_ROOM } from '../room/room.write.ts';
import { channelOf } from '../stream/bell.ts';
import type { Signal } from '../stream/live-event.ts';

export type SignalService = ReturnType<typeof createSignalService>;

/** A member is present in a room until so long after her last sign of life. */
export const PRESENT_SECONDS = 45;
const TYPING = { points: 1, seconds: 2 };
/** For all rooms of a member: who opens one room after the other, or one in each of many windows. */
const SIGNS = { points: 20, seconds: 10 };

/** The group of who looks at a room. */
export const presenceOf = (roomId: string): string => `presence:${roomId}`;

/**
 * Typing and presence: passed on to who listens, and not stored. What comes more often than it may is passed over, well,
 * because the next sign says the same.
 */
export function createSignalService({ rooms, ephemeral }: { rooms: RoomStore; ephemeral: Ephemeral }) {
  const publish = (roomId: string, signal: Signal) => ephemeral.publish(channelOf(roomId), signal);

  async function inRoom<Name extends string>(
    viewer: Member | null,
    given: string,
    __typename: Name,
    work: (member: Member, roomId: string) => Promise<void>,
  ): Promise<RoomDone<Name> | NotSignedIn | NotFound> {
    const member = requireMember(viewer);
    if (isProblem(member)) return member;
    const [room] = isId(given) ? await rooms.ofMember(member.id, [given]) : [];
    if (!room) return NO_SUCH_ROOM();
    await work(member, room.id);
    return { __typename, roomId: room.id };
  }

  return {
    /** Says that the viewer is writing in a room. */
    typing: (viewer: Member | null, roomId: string) =>
      inRoom(viewer, roomId, 'SignalTypingSuccess', async ({ id: memberId }, room) => {
        const { allowed } = await ephemeral.consume(`typing:${memberId}:${room}`, TYPING);
        if (allowed) await publish(room, { typing: { roomId: room, memberId } });
      }),

    /** Says that the viewer looks at a room, or no longer. */
    presence: (viewer: Member | null, input: { roomId: string; present: boolean }) =>
      inRoom(viewer, input.roomId, 'SignalPresenceSuccess', async ({ id: memberId }, room) => {
        const { present } = input;
        const { allowed } = await ephemeral.consume(`presence:${memberId}`, SIGNS);
        if (!allowed) return;
        const changed = present
          ? await ephemeral.touch(presenceOf(room), memberId, PRESENT_SECONDS)
          : await ephemeral.leave(presenceOf(room), memberId);
        if (changed) await publish(room, { presence: { roomId: room, memberId, present } });
      }),
  };
}

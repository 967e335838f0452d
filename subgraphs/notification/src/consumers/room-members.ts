import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { RoomStore } from '../modules/room/room.store.ts';

const LEVEL = z.enum(['ALL', 'MENTIONS', 'NONE']);
const left = z.object({ roomId: z.uuid(), memberId: z.uuid() });
const joined = left.extend({ level: LEVEL });
const snapshot = z.object({
  roomId: z.uuid(),
  members: z.array(z.object({ memberId: z.uuid(), level: LEVEL, readNumber: z.number().int() })),
});

/** A member joined a room: she is told of its messages, and of the invitation no more. */
export function memberJoined({ rooms, pending }: { rooms: RoomStore; pending: PendingStore }) {
  return handler<Tx, typeof joined>({
    schema: joined,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { roomId, memberId, level }, time }) {
      await rooms.join(tx, roomId, memberId, level);
      const invitation = { recipientId: memberId, kind: 'MESSAGE', targetId: roomId, sourceId: roomId } as const;
      await pending.remove(tx, [{ ...invitation, occurredAt: new Date(time) }]);
    },
  });
}

/** A member left a room: she is told nothing of it any more. */
export function memberLeft(rooms: RoomStore) {
  return handler<Tx, typeof left>({
    schema: left,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { roomId, memberId } }) {
      await rooms.leave(tx, roomId, memberId);
      await rooms.forget(tx, roomId, memberId);
    },
  });
}

/** A member chose how she is told of a room. */
export function levelChanged(rooms: RoomStore) {
  return handler<Tx, typeof joined>({
    schema: joined,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => rooms.setLevel(tx, data.roomId, data.memberId, data.level),
  });
}

/** All that chat knows of a room: what is kept of it here is made anew. */
export function roomSnapshot(rooms: RoomStore) {
  return handler<Tx, typeof snapshot>({
    schema: snapshot,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => rooms.replace(tx, data.roomId, data.members),
  });
}

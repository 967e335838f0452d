import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { RoomStore } from '../modules/room/room.store.ts';

const schema = z.object({ roomId: z.uuid(), memberId: z.uuid(), number: z.number().int() });

/** A member has read a room up to a message: she is not told of what she has seen. */
export function messageRead(rooms: RoomStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data }) => rooms.read(tx, data.roomId, data.memberId, data.number),
  });
}

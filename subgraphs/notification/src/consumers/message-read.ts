import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { RoomStore } from '../modules/room/room.store.ts';

const schema = z.object({ roomId: z.uuid(), memberId: z.uuid(), number: z.number().int() });

/** Members have read rooms up to a message: they are not told of what they have seen. */
export function messageRead(rooms: RoomStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handleAll: (tx, events) =>
      rooms.read(
        tx,
        events.map(({ data }) => data),
      ),
  });
}

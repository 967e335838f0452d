import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { RoomStore } from '../modules/room/room.store.ts';

const schema = z.object({
  roomId: z.uuid(),
  messageId: z.uuid(),
  number: z.number().int(),
  senderId: z.uuid(),
  mentionedIds: z.array(z.uuid()),
  replyToSenderId: z.uuid().nullish(),
});

/** Messages were sent: the members of their rooms are told, each as she wants to be. */
export function messageSent(rooms: RoomStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll: (tx, events) =>
      rooms.tell(
        tx,
        events.map(({ data: { mentionedIds, replyToSenderId, ...message }, time }) => ({
          ...message,
          addressedIds: [...mentionedIds, ...(replyToSenderId ? [replyToSenderId] : [])],
          sentAt: new Date(time),
        })),
      ),
  });
}

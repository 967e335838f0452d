import { builder } from './builder.ts';
import { Message } from './modules/message/message.graph.ts';
import type { MessageDone } from './modules/message/message.service.ts';
import type { SeenMessage } from './modules/message/message.ts';
import { Room } from './modules/room/room.graph.ts';
import { freshRoom } from './modules/room/room.loader.ts';
import type { RoomDone } from './modules/room/room.service.ts';
import { seenByViewer } from './rules.ts';

/** Defines the success of a mutation of a room: the room as it is now. */
export function defineRoomSuccess<Name extends string>(name: Name, description: string) {
  return builder.objectRef<RoomDone<Name>>(name).implement({
    description,
    tag: ['public', 'mobile'],
    fields: (t) => ({
      roomId: t.exposeID('roomId'),
      room: t.field({
        type: Room,
        nullable: true,
        description: 'As it is now; null when the viewer is not in it any more.',
        resolve: ({ roomId }, _, context) => freshRoom(context, roomId),
      }),
    }),
  });
}

/** Defines the success of a mutation of a message. */
export function defineMessageSuccess<Name extends string>(name: Name, description: string) {
  return builder.objectRef<MessageDone<Name>>(name).implement({
    description,
    tag: ['public', 'mobile'],
    fields: (t) => ({
      roomMessage: t.field({
        type: Message,
        resolve: async ({ message }, _, context): Promise<SeenMessage> =>
          (await seenByViewer(context, [message]))[0] ?? message,
      }),
    }),
  });
}

import { builder } from '../../builder.ts';
import { changesAfter, readAfter } from '../../changes-page.ts';
import { Room } from '../room/room.graph.ts';
import { Message } from './message.graph.ts';
import { messageById } from './message.loader.ts';
import type { SeenMessage } from './message.ts';
import type { MessageChangeKind as KindShape, MessageChange as MessageChangeShape } from './message-change.ts';

const MessageChangeKind = builder.enumType('MessageChangeKind', {
  description: 'What happened to a message after it was sent.',
  values: {
    EDITED: {},
    DELETED: { description: 'Its sender, or somebody who keeps order in the room, took it away.' },
    REACTION_ADDED: {},
    REACTION_REMOVED: {},
  } satisfies Record<KindShape, object>,
});

/** A change; a live event brings its message along. */
export type MessageChangeSource = MessageChangeShape & { readonly message?: SeenMessage | null };

export const MessageChange = builder.objectRef<MessageChangeSource>('MessageChange').implement({
  description: 'Something that happened to a message after it was sent.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    roomId: t.exposeID('roomId'),
    number: t.exposeInt('number', {
      description: "Its place among the changes of the room's messages: from 1, without gaps.",
    }),
    kind: t.field({ type: MessageChangeKind, resolve: (change) => change.kind }),
    messageId: t.exposeID('messageId'),
    message: t.field({
      type: Message,
      nullable: true,
      description: 'As it is now.',
      resolve: (change, _, context) => change.message ?? messageById(context).load(change.messageId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.objectField(Room, 'messageChanges', (t) =>
  t.field({
    type: [MessageChange],
    description:
      'What happened to its messages after a change that the client has seen, in order; as many as asked for, or all that there are.',
    args: { after: t.arg.int({ required: true }), first: t.arg.int() },
    listSize: { slicingArguments: ['first'], assumedSize: 100, requireOneSlicingArgument: false },
    resolve: (room, args, context) => changesAfter(context, 'messageChange', room.id, readAfter(args)),
  }),
);

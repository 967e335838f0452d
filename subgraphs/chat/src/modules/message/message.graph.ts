import { readWindow, toWindow } from '@community/kit/connection';
import { builder, defineConnection } from '../../builder.ts';
import { Room } from '../room/room.graph.ts';
import { roomById } from '../room/room.loader.ts';
import { User } from '../viewer/user.graph.ts';
import { messageById, messageByNumber, messageList } from './message.loader.ts';
import { isShown, type ReactionCount, type SeenMessage } from './message.ts';
import { linksIn } from './text.ts';

const MessageVisibility = builder.enumType('MessageVisibility', {
  description: 'Whether a message is shown; one that is not keeps its place, without words and sender.',
  values: {
    VISIBLE: { description: 'Every member of the room sees it.' },
    DELETED: { description: 'Its sender took it away.' },
    REMOVED: { description: 'Somebody who keeps order in the room took it away.' },
    BLOCKED: { description: 'The viewer and its sender do not see each other.' },
  } satisfies Record<SeenMessage['visibility'], object>,
});

const ReactionCountType = builder.objectRef<ReactionCount>('MessageReactionCount').implement({
  description: 'How many members reacted with an emoji.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ emoji: t.exposeString('emoji'), count: t.exposeInt('count') }),
});

const Attachment = builder.objectRef<{ fileId: string }>('MessageAttachment').implement({
  description: 'A file that was sent with a message.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ fileId: t.exposeID('fileId') }),
});

export const Message = builder.objectRef<SeenMessage>('Message').implement({
  description: 'What a member said in a room.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    roomId: t.exposeID('roomId'),
    number: t.exposeInt('number', { description: 'Its place in the room: from 1, without gaps.' }),
    sender: t.field({
      type: User,
      nullable: true,
      resolve: (message) => (isShown(message) ? { id: message.senderId } : null),
    }),
    body: t.string({
      nullable: true,
      description: 'Plain text; null where the message is not shown.',
      resolve: (message) => (isShown(message) ? message.body : null),
    }),
    links: t.stringList({
      description: 'The web addresses in the text.',
      resolve: (message) => linksIn(message.body),
    }),
    mentions: t.field({
      type: [User],
      nullable: { list: false, items: true },
      description: 'The members whom it mentions.',
      resolve: (message) => message.mentionedIds.map((id) => ({ id })),
    }),
    attachments: t.field({ type: [Attachment], resolve: (message) => message.fileIds.map((fileId) => ({ fileId })) }),
    reactions: t.field({ type: [ReactionCountType], resolve: (message) => [...message.reactions] }),
    replyToNumber: t.exposeInt('replyToNumber', {
      nullable: true,
      description: 'The place of the message that it answers.',
    }),
    visibility: t.field({ type: MessageVisibility, resolve: (message) => message.visibility }),
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.asEntity(Message, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => messageById(context).load(id),
});

builder.objectFields(Message, (t) => ({
  room: t.field({
    type: Room,
    nullable: true,
    description: 'Null in a stream that is shared: use `roomId`.',
    resolve: (message, _, context) => (message.shared ? null : roomById(context).load(message.roomId)),
  }),
  replyTo: t.field({
    type: Message,
    nullable: true,
    description: 'The message that it answers. Null in a stream that is shared: use `replyToNumber`.',
    resolve: (message, _, context) =>
      message.replyToNumber !== null && context.member && !message.shared
        ? messageByNumber(context).load({ roomId: message.roomId, number: message.replyToNumber })
        : null,
  }),
}));

export const MessageConnection = defineConnection('Message', Message);

builder.queryField('message', (t) =>
  t.field({
    type: Message,
    nullable: true,
    description: 'A message by id; null where there is none or the viewer is not in its room.',
    tag: ['public', 'mobile'],
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => messageById(context).load(id),
  }),
);

builder.objectFields(Room, (t) => ({
  messages: t.field({
    type: MessageConnection,
    description:
      'Its messages in their order. `first` reads from the beginning, or from `after`, `afterNumber` or `fromDate` on; `last` reads the end, or what is before `before` or `fromDate`.',
    args: {
      first: t.arg.int(),
      after: t.arg.string(),
      last: t.arg.int(),
      before: t.arg.string(),
      afterNumber: t.arg.int({ description: 'Only what came after this number: what a client has missed.' }),
      fromDate: t.arg({ type: 'DateTime', description: 'From this moment on; with `last`, before it.' }),
    },
    listSize: {
      slicingArguments: ['first', 'last'],
      assumedSize: 20,
      sizedFields: ['edges'],
      requireOneSlicingArgument: false,
    },
    resolve: async (room, args, context) => {
      const asked = readWindow(args, 1);
      const window = { ...asked, after: asked.after ?? (args.afterNumber != null ? [args.afterNumber] : null) };
      const date = args.fromDate?.toISOString() ?? null;
      return toWindow(await messageList(context).load({ roomId: room.id, window, date }), window, (one) => [
        one.number,
      ]);
    },
  }),
  lastMessage: t.field({
    type: Message,
    nullable: true,
    resolve: (room, _, context) =>
      room.messageNumber > 0 ? messageByNumber(context).load({ roomId: room.id, number: room.messageNumber }) : null,
  }),
}));

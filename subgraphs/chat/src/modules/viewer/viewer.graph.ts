import { readIds, readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { addViewer } from '@community/kit/viewer.graph';
import { builder, defineConnection } from '../../builder.ts';
import type { Context } from '../../context.ts';
import type { Invitation } from '../invitation/invitation.ts';
import { Message } from '../message/message.graph.ts';
import { messageById } from '../message/message.loader.ts';
import { Room } from '../room/room.graph.ts';
import { User } from './user.graph.ts';

const reactionsOf = defineLoader<Context, string, string[]>(async (context, ids) =>
  context.member ? context.stores.reaction.of(context.member.id, ids) : ids.map(() => []),
);

export const Viewer = addViewer(builder);

const RoomInvitation = builder.objectRef<Invitation>('RoomInvitation').implement({
  description: 'A group room that the viewer was asked into.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    roomId: t.exposeID('roomId'),
    title: t.exposeString('title'),
    memberCount: t.exposeInt('memberCount'),
    invitedBy: t.field({ type: User, nullable: true, resolve: (invitation) => ({ id: invitation.invitedBy }) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const MessageState = builder.objectRef<{ id: string }>('MessageState').implement({
  description: 'How the viewer stands to a message.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    messageId: t.exposeID('id'),
    message: t.field({ type: Message, nullable: true, resolve: ({ id }, _, context) => messageById(context).load(id) }),
    reactions: t.stringList({
      description: 'The emoji that she reacted with.',
      resolve: ({ id }, _, context) => reactionsOf(context).load(id),
    }),
  }),
});

const RoomConnection = defineConnection('Room', Room);
const RoomInvitationConnection = defineConnection('RoomInvitation', RoomInvitation);
builder.objectFields(Viewer, (t) => ({
  rooms: t.field({
    type: RoomConnection,
    description: 'The rooms that she is in, the one with the latest message first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (viewer, args, context) => {
      const page = readPage(args);
      return toConnection(await context.stores.room.listOf(viewer.id, page), page, (room) => [
        room.lastActivityAt.toISOString(),
        room.id,
      ]);
    },
  }),
  roomInvitations: t.field({
    type: RoomInvitationConnection,
    description: 'Rooms that she was asked into and has neither accepted nor declined, the latest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (viewer, args, context) => {
      const page = readPage(args);
      return toConnection(await context.stores.invitation.of(viewer.id, page), page, (invitation) => [
        invitation.createdAt.toISOString(),
        invitation.roomId,
      ]);
    },
  }),
  messageStates: t.field({
    type: [MessageState],
    description: 'How the viewer stands to these messages, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => readIds(ids).map((id) => ({ id })),
  }),
}));

import { builder } from '../../builder.ts';
import { roomById } from './room.loader.ts';
import type {
  RoomKind as KindShape,
  RoomNotificationLevel as LevelShape,
  RoomRole as RoleShape,
  RoomOfMember,
} from './room.ts';

const RoomKind = builder.enumType('RoomKind', {
  description: 'Between whom a room is.',
  values: {
    DIRECT: { description: 'Two members. A pair has one such room at most.' },
    GROUP: { description: 'Members who were invited.' },
  } satisfies Record<KindShape, object>,
});

export const RoomRole = builder.enumType('RoomRole', {
  description: 'What a member may do in a group room.',
  values: {
    OWNER: { description: 'Everything; a group room with members has one owner.' },
    MODERATOR: { description: 'Invites, renames, removes and mutes members, removes messages.' },
    MEMBER: { description: 'Reads and writes.' },
  } satisfies Record<RoleShape, object>,
});

export const RoomNotificationLevel = builder.enumType('RoomNotificationLevel', {
  description: 'Of which messages of a room a member is notified.',
  values: {
    ALL: { description: 'Of every message.' },
    MENTIONS: { description: 'Of those that mention or answer her.' },
    NONE: { description: 'Of none.' },
  } satisfies Record<LevelShape, object>,
});

export const Room = builder.objectRef<RoomOfMember>('Room').implement({
  description: 'Where members talk. Only its members see it; for everybody else it does not exist.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: RoomKind, resolve: (room) => room.kind }),
    title: t.exposeString('title', { nullable: true, description: 'Null in a direct room.' }),
    memberCount: t.exposeInt('memberCount'),
    messageNumber: t.exposeInt('messageNumber', {
      description: 'The number of its last message. Messages are numbered from 1, in their order, without gaps.',
    }),
    messageChangeNumber: t.exposeInt('messageChangeNumber', { description: 'Of the last one of `messageChanges`.' }),
    roomChangeNumber: t.exposeInt('roomChangeNumber', { description: 'Of the last one of `changes`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastActivityAt: t.expose('lastActivityAt', { type: 'DateTime', description: 'When the last message was sent.' }),
    viewerRole: t.field({ type: RoomRole, description: "The viewer's role.", resolve: (room) => room.role }),
    viewerMutedUntil: t.expose('mutedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'The viewer may not send until then.',
    }),
    notificationLevel: t.field({
      type: RoomNotificationLevel,
      description: 'Of which messages the viewer is notified.',
      resolve: (room) => room.level,
    }),
    readNumber: t.exposeInt('readNumber', { description: 'The number of the last message that the viewer has read.' }),
    unreadCount: t.int({
      description: 'How many messages came after the last one that the viewer has read.',
      resolve: (room) => Math.max(0, room.messageNumber - room.readNumber),
    }),
  }),
});

builder.asEntity(Room, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => roomById(context).load(id),
});

builder.queryField('room', (t) =>
  t.field({
    type: Room,
    nullable: true,
    description: 'A room by id; null where there is none or the viewer is not in it.',
    tag: ['public', 'mobile'],
    args: { id: t.arg.id({ required: true }) },
    resolve: (_, { id }, context) => roomById(context).load(id),
  }),
);

import { builder } from '../../builder.ts';
import { changesAfter, readAfter } from '../../changes-page.ts';
import { User } from '../viewer/user.graph.ts';
import { Room, RoomRole } from './room.graph.ts';
import type { RoomChangeKind as KindShape, RoomChange as RoomChangeShape } from './room-change.ts';

const RoomChangeKind = builder.enumType('RoomChangeKind', {
  description: 'What happened to a room or to its members.',
  values: {
    CREATED: { description: 'The room was made, with its first members.' },
    RENAMED: {},
    MEMBER_INVITED: {},
    MEMBER_JOINED: {},
    MEMBER_LEFT: { description: 'She left by herself.' },
    MEMBER_REMOVED: { description: 'Somebody took her out of the room.' },
    ROLE_CHANGED: {},
    MEMBER_MUTED: {},
    MEMBER_UNMUTED: {},
  } satisfies Record<KindShape, object>,
});

export const RoomChange = builder.objectRef<RoomChangeShape>('RoomChange').implement({
  description: 'Something that happened to a room or to its members.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    roomId: t.exposeID('roomId'),
    number: t.exposeInt('number', { description: "Its place among the room's changes: from 1, without gaps." }),
    kind: t.field({ type: RoomChangeKind, resolve: (change) => change.kind }),
    actor: t.field({
      type: User,
      nullable: true,
      description: 'Who did it.',
      resolve: (change) => (change.actorId ? { id: change.actorId } : null),
    }),
    member: t.field({
      type: User,
      nullable: true,
      description: 'Whom it was done to.',
      resolve: (change) => (change.memberId ? { id: change.memberId } : null),
    }),
    role: t.field({
      type: RoomRole,
      nullable: true,
      description: 'Her role now, where it changed.',
      resolve: (change) => change.role,
    }),
    title: t.exposeString('title', { nullable: true, description: "The room's title now, where it changed." }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.objectField(Room, 'changes', (t) =>
  t.field({
    type: [RoomChange],
    description:
      'What happened after a change that the client has seen, in order; as many as asked for, or all that there are.',
    args: { after: t.arg.int({ required: true }), first: t.arg.int() },
    listSize: { slicingArguments: ['first'], assumedSize: 100, requireOneSlicingArgument: false },
    resolve: (room, args, context) => changesAfter(context, 'roomChange', room.id, readAfter(args)),
  }),
);

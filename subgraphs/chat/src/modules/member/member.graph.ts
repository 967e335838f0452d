import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { builder, defineConnection } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Room, RoomRole } from '../room/room.graph.ts';
import { isPresent } from '../signal/presence.loader.ts';
import { User } from '../viewer/user.graph.ts';
import type { MemberList } from './member.store.ts';
import type { RoomMember as RoomMemberShape } from './member.ts';

const memberList = defineLoader<Context, MemberList, RoomMemberShape[]>((context, lists) =>
  context.stores.member.lists(lists),
);

const RoomMember = builder.objectRef<RoomMemberShape>('RoomMember').implement({
  description: 'A member of a room.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    memberId: t.exposeID('memberId'),
    user: t.field({ type: User, nullable: true, resolve: (member) => ({ id: member.memberId }) }),
    role: t.field({ type: RoomRole, resolve: (member) => member.role }),
    mutedUntil: t.expose('mutedUntil', {
      type: 'DateTime',
      nullable: true,
      description: 'She may not send until then.',
    }),
    readNumber: t.exposeInt('readNumber', { description: 'The number of the last message that she has read.' }),
    present: t.boolean({
      description: 'Whether she looks at the room now.',
      resolve: (member, _, context) => isPresent(context).load({ roomId: member.roomId, memberId: member.memberId }),
    }),
    joinedAt: t.expose('joinedAt', { type: 'DateTime' }),
  }),
});

const RoomMemberConnection = defineConnection('RoomMember', RoomMember);

builder.objectField(Room, 'members', (t) =>
  t.field({
    type: RoomMemberConnection,
    description: 'Its members; who joined first at the top.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (room, args, context) => {
      const page = readPage(args);
      return toConnection(await memberList(context).load({ roomId: room.id, page }), page, (member) => [
        member.joinedAt.toISOString(),
        member.memberId,
      ]);
    },
  }),
);

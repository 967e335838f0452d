import { builder } from '../../builder.ts';
import { Room } from '../room/room.graph.ts';
import type { RoomOfMember } from '../room/room.ts';
import { grantOf } from './grant.loader.ts';
import type { GivenGrant } from './grant.service.ts';

const RoomStream = builder.objectRef<{ room: RoomOfMember; given: GivenGrant }>('RoomStream').implement({
  description:
    'What opens live streams of a room. Subscribe by the grant, then fetch what came after the numbers that you have seen; when a stream ends, do the same with a new grant, after a pause of random length.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    grant: t.string({
      description:
        'Opaque. Members who may see the same get the same. It opens streams, until it expires or is taken back.',
      resolve: ({ given }) => given.grant,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When streams that were opened by it end.',
      resolve: ({ given }) => given.expiresAt,
    }),
    messageNumber: t.int({ description: 'Of the last message.', resolve: ({ room }) => room.messageNumber }),
    messageChangeNumber: t.int({
      description: 'Of the last change of a message.',
      resolve: ({ room }) => room.messageChangeNumber,
    }),
    roomChangeNumber: t.int({
      description: 'Of the last change of the room.',
      resolve: ({ room }) => room.roomChangeNumber,
    }),
  }),
});

builder.objectField(Room, 'stream', (t) =>
  t.field({
    type: RoomStream,
    nullable: true,
    description: 'What the viewer opens live streams with.',
    resolve: async (room, _, context) => {
      const given = await grantOf(context).load(room.id);
      return given && { room, given };
    },
  }),
);

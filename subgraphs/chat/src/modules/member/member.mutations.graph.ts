import { builder, problems } from '../../builder.ts';
import { defineRoomSuccess } from '../../result.graph.ts';
import { RoomRole } from '../room/room.graph.ts';

const LeaveRoomInput = builder.inputType('LeaveRoomInput', {
  description: 'Which room.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
  }),
});
const LeaveRoomResult = builder.unionType('LeaveRoomResult', {
  description: 'How `leaveRoom` ended.',
  types: [
    defineRoomSuccess('LeaveRoomSuccess', 'The viewer is not in the room any more.'),
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('leaveRoom', (t) =>
  t.field({
    type: LeaveRoomResult,
    description:
      'Leaves a group room. When the owner leaves, a moderator or else the member who joined first becomes the owner.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: LeaveRoomInput, required: true }) },
    resolve: (_, { input }, context) => context.services.member.leave(context.member, input.roomId),
  }),
);

const RemoveRoomMemberInput = builder.inputType('RemoveRoomMemberInput', {
  description: 'Whom, and of which room.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    memberId: t.id({ required: true }),
  }),
});
const RemoveRoomMemberResult = builder.unionType('RemoveRoomMemberResult', {
  description: 'How `removeRoomMember` ended.',
  types: [
    defineRoomSuccess('RemoveRoomMemberSuccess', 'She is not in the room any more.'),
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('removeRoomMember', (t) =>
  t.field({
    type: RemoveRoomMemberResult,
    description: 'Takes a member of a lower role out of a group room.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RemoveRoomMemberInput, required: true }) },
    resolve: (_, { input }, context) => context.services.member.remove(context.member, input),
  }),
);

const MuteRoomMemberInput = builder.inputType('MuteRoomMemberInput', {
  description: 'Whom, in which room, and until when.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    memberId: t.id({ required: true }),
    until: t.field({ type: 'DateTime', description: 'Left out: she may send again.' }),
  }),
});
const MuteRoomMemberResult = builder.unionType('MuteRoomMemberResult', {
  description: 'How `muteRoomMember` ended.',
  types: [
    defineRoomSuccess('MuteRoomMemberSuccess', 'It is so.'),
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('muteRoomMember', (t) =>
  t.field({
    type: MuteRoomMemberResult,
    description: 'Keeps a member of a lower role from sending until a moment, or lets her again.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: MuteRoomMemberInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.member.mute(context.member, { ...input, until: input.until ?? null }),
  }),
);

const SetRoomRoleInput = builder.inputType('SetRoomRoleInput', {
  description: 'Whom, in which room, and which role.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    memberId: t.id({ required: true }),
    role: t.field({ type: RoomRole, required: true }),
  }),
});
const SetRoomRoleResult = builder.unionType('SetRoomRoleResult', {
  description: 'How `setRoomRole` ended.',
  types: [
    defineRoomSuccess('SetRoomRoleSuccess', 'She has this role now.'),
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('setRoomRole', (t) =>
  t.field({
    type: SetRoomRoleResult,
    description:
      'Gives a member of a lower role another role; for the owner. Who makes another the owner becomes a moderator.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SetRoomRoleInput, required: true }) },
    resolve: (_, { input }, context) => context.services.member.setRole(context.member, input),
  }),
);

import { builder, problems } from '../../builder.ts';
import { defineRoomSuccess } from '../../result.graph.ts';
import { RoomNotificationLevel } from './room.graph.ts';

const CreateRoomInput = builder.inputType('CreateRoomInput', {
  description: 'A new group room.',
  fields: (t) => ({
    title: t.string({ required: true, description: '1 to 100 characters.' }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});
const CreateRoomResult = builder.unionType('CreateRoomResult', {
  description: 'How `createRoom` ended.',
  types: [
    defineRoomSuccess('CreateRoomSuccess', 'The room was made.'),
    problems.ValidationError,
    problems.NotSignedInError,
    problems.ConflictError,
  ],
});
builder.mutationField('createRoom', (t) =>
  t.field({
    type: CreateRoomResult,
    description: 'Makes a group room; the viewer is its owner.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: CreateRoomInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.room.createGroup(context.member, {
        title: input.title,
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
);

const OpenDirectRoomInput = builder.inputType('OpenDirectRoomInput', {
  description: 'With whom.',
  fields: (t) => ({
    memberId: t.id({ required: true }),
  }),
});
const OpenDirectRoomResult = builder.unionType('OpenDirectRoomResult', {
  description: 'How `openDirectRoom` ended.',
  types: [
    defineRoomSuccess('OpenDirectRoomSuccess', 'The room of the two.'),
    problems.NotFoundError,
    problems.ValidationError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('openDirectRoom', (t) =>
  t.field({
    type: OpenDirectRoomResult,
    description: 'Opens the room of the viewer and another member: the one that they have, or a new one.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: OpenDirectRoomInput, required: true }) },
    resolve: (_, { input }, context) => context.services.room.openDirect(context.member, input.memberId),
  }),
);

const RenameRoomInput = builder.inputType('RenameRoomInput', {
  description: 'Which room, and its new title.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    title: t.string({ required: true, description: '1 to 100 characters.' }),
  }),
});
const RenameRoomResult = builder.unionType('RenameRoomResult', {
  description: 'How `renameRoom` ended.',
  types: [
    defineRoomSuccess('RenameRoomSuccess', 'The room has this title now.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('renameRoom', (t) =>
  t.field({
    type: RenameRoomResult,
    description: 'Gives a group room another title.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RenameRoomInput, required: true }) },
    resolve: (_, { input }, context) => context.services.room.rename(context.member, input),
  }),
);

const SetRoomNotificationLevelInput = builder.inputType('SetRoomNotificationLevelInput', {
  description: 'Which room, and of which messages.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    level: t.field({ type: RoomNotificationLevel, required: true }),
  }),
});
const SetRoomNotificationLevelResult = builder.unionType('SetRoomNotificationLevelResult', {
  description: 'How `setRoomNotificationLevel` ended.',
  types: [
    defineRoomSuccess('SetRoomNotificationLevelSuccess', 'It is set.'),
    problems.NotFoundError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('setRoomNotificationLevel', (t) =>
  t.field({
    type: SetRoomNotificationLevelResult,
    description: 'Sets of which messages in this room the viewer is notified.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SetRoomNotificationLevelInput, required: true }) },
    resolve: (_, { input }, context) => context.services.member.setLevel(context.member, input),
  }),
);

const MarkRoomReadInput = builder.inputType('MarkRoomReadInput', {
  description: 'Which room, and how far.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    number: t.int({ required: true, description: 'The number of the last message that was read.' }),
  }),
});
const MarkRoomReadResult = builder.unionType('MarkRoomReadResult', {
  description: 'How `markRoomRead` ended.',
  types: [
    defineRoomSuccess('MarkRoomReadSuccess', 'The mark is there, or further on.'),
    problems.NotFoundError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('markRoomRead', (t) =>
  t.field({
    type: MarkRoomReadResult,
    description: 'Says that the viewer has read a room up to a message. A mark never goes back.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: MarkRoomReadInput, required: true }) },
    resolve: (_, { input }, context) => context.services.read.mark(context.member, input),
  }),
);

import { builder, problems } from '../../builder.ts';
import { defineRoomSuccess } from '../../result.graph.ts';

const InviteToRoomInput = builder.inputType('InviteToRoomInput', {
  description: 'Whom, and into which room.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    memberIds: t.idList({ required: true, description: '1 to 100 members.' }),
  }),
});
const InviteToRoomResult = builder.unionType('InviteToRoomResult', {
  description: 'How `inviteToRoom` ended.',
  types: [
    defineRoomSuccess('InviteToRoomSuccess', 'They are invited.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
    problems.ConflictError,
  ],
});
builder.mutationField('inviteToRoom', (t) =>
  t.field({
    type: InviteToRoomResult,
    description: 'Asks members into a group room. Who is in it or invited already is passed over.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: InviteToRoomInput, required: true }) },
    resolve: (_, { input }, context) => context.services.invitation.invite(context.member, input),
  }),
);

const AcceptRoomInvitationInput = builder.inputType('AcceptRoomInvitationInput', {
  description: 'Which room.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
  }),
});
const AcceptRoomInvitationResult = builder.unionType('AcceptRoomInvitationResult', {
  description: 'How `acceptRoomInvitation` ended.',
  types: [
    defineRoomSuccess('AcceptRoomInvitationSuccess', 'The viewer is in the room.'),
    problems.NotFoundError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('acceptRoomInvitation', (t) =>
  t.field({
    type: AcceptRoomInvitationResult,
    description: 'Enters a room that the viewer was invited to.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: AcceptRoomInvitationInput, required: true }) },
    resolve: (_, { input }, context) => context.services.invitation.accept(context.member, input.roomId),
  }),
);

const DeclineRoomInvitationInput = builder.inputType('DeclineRoomInvitationInput', {
  description: 'Which room.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
  }),
});
const DeclineRoomInvitationResult = builder.unionType('DeclineRoomInvitationResult', {
  description: 'How `declineRoomInvitation` ended.',
  types: [
    defineRoomSuccess('DeclineRoomInvitationSuccess', 'There is no invitation any more.'),
    problems.NotSignedInError,
  ],
});
builder.mutationField('declineRoomInvitation', (t) =>
  t.field({
    type: DeclineRoomInvitationResult,
    description: 'Says no to an invitation; well also when there is none any more.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DeclineRoomInvitationInput, required: true }) },
    resolve: (_, { input }, context) => context.services.invitation.decline(context.member, input.roomId),
  }),
);

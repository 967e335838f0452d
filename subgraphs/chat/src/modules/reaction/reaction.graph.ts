import { builder, problems } from '../../builder.ts';
import { defineMessageSuccess } from '../../result.graph.ts';

const AddReactionInput = builder.inputType('AddReactionInput', {
  description: 'To what, and with what.',
  fields: (t) => ({
    messageId: t.id({ required: true }),
    emoji: t.string({ required: true, description: 'One emoji.' }),
  }),
});
const AddReactionResult = builder.unionType('AddReactionResult', {
  description: 'How `addReaction` ended.',
  types: [
    defineMessageSuccess('AddReactionSuccess', 'The reaction is there.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('addReaction', (t) =>
  t.field({
    type: AddReactionResult,
    description: 'Reacts to a message with an emoji; well also when the viewer did already.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: AddReactionInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.reaction.set(context.member, { ...input, present: true, __typename: 'AddReactionSuccess' }),
  }),
);

const RemoveReactionInput = builder.inputType('RemoveReactionInput', {
  description: 'From what, and which.',
  fields: (t) => ({
    messageId: t.id({ required: true }),
    emoji: t.string({ required: true, description: 'One emoji.' }),
  }),
});
const RemoveReactionResult = builder.unionType('RemoveReactionResult', {
  description: 'How `removeReaction` ended.',
  types: [
    defineMessageSuccess('RemoveReactionSuccess', 'The reaction is not there.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('removeReaction', (t) =>
  t.field({
    type: RemoveReactionResult,
    description: 'Takes a reaction away; well also when there is none.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RemoveReactionInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.reaction.set(context.member, { ...input, present: false, __typename: 'RemoveReactionSuccess' }),
  }),
);

import { builder, problems } from '../../builder.ts';
import { defineMessageSuccess } from '../../result.graph.ts';
import type { TooFast } from './send.service.ts';

const RateLimitedError = builder.objectRef<TooFast>('RateLimitedError').implement({
  description: 'More was sent than may be. Nothing of it was kept: send it again later.',
  interfaces: [problems.ErrorInterface],
  tag: ['public', 'mobile'],
  fields: (t) => ({ retryAfterSeconds: t.exposeInt('retryAfterSeconds') }),
});

const SendMessageInput = builder.inputType('SendMessageInput', {
  description: 'A new message.',
  fields: (t) => ({
    roomId: t.id({ required: true }),
    body: t.string({ required: true, description: 'At most 8,000 characters; may be empty when there is a file.' }),
    replyToId: t.id({ description: 'The message of the same room that it answers.' }),
    mentionedIds: t.idList({ description: 'Members of the room whom it mentions; at most 50.' }),
    fileIds: t.idList({ description: 'Files that are sent with it; at most 10.' }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});
const SendMessageResult = builder.unionType('SendMessageResult', {
  description: 'How `sendMessage` ended.',
  types: [
    defineMessageSuccess('SendMessageSuccess', 'The message is kept, and has its number.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
    problems.ConflictError,
    RateLimitedError,
  ],
});
builder.mutationField('sendMessage', (t) =>
  t.field({
    type: SendMessageResult,
    description: 'Sends a message into a room that the viewer is in. She is its sender.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SendMessageInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.send.send(context.member, {
        roomId: input.roomId,
        body: input.body,
        replyToId: input.replyToId ?? null,
        mentionedIds: input.mentionedIds ?? [],
        fileIds: input.fileIds ?? [],
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
);

const EditMessageInput = builder.inputType('EditMessageInput', {
  description: 'The whole of the new words.',
  fields: (t) => ({
    messageId: t.id({ required: true }),
    body: t.string({ required: true, description: 'At most 8,000 characters.' }),
    mentionedIds: t.idList({ description: 'Members of the room whom it mentions now; at most 50.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the message that was edited.' }),
  }),
});
const EditMessageResult = builder.unionType('EditMessageResult', {
  description: 'How `editMessage` ended.',
  types: [
    defineMessageSuccess('EditMessageSuccess', 'The message was changed.'),
    problems.ValidationError,
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
    problems.ConflictError,
  ],
});
builder.mutationField('editMessage', (t) =>
  t.field({
    type: EditMessageResult,
    description: "Changes the words of the viewer's own message.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: EditMessageInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.message.edit(context.member, { ...input, mentionedIds: input.mentionedIds ?? [] }),
  }),
);

const DeleteMessageInput = builder.inputType('DeleteMessageInput', {
  description: 'What to delete.',
  fields: (t) => ({
    messageId: t.id({ required: true }),
  }),
});
const DeleteMessageResult = builder.unionType('DeleteMessageResult', {
  description: 'How `deleteMessage` ended.',
  types: [
    defineMessageSuccess('DeleteMessageSuccess', 'The message is gone; its tombstone.'),
    problems.NotFoundError,
    problems.ForbiddenError,
    problems.NotSignedInError,
  ],
});
builder.mutationField('deleteMessage', (t) =>
  t.field({
    type: DeleteMessageResult,
    description: 'Takes a message away: its sender, or somebody who keeps order in the room.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DeleteMessageInput, required: true }) },
    resolve: (_, { input }, context) => context.services.message.delete(context.member, input.messageId),
  }),
);

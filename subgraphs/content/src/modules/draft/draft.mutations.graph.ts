import { builder, problems } from '../../builder.ts';
import { Post } from '../post/post.graph.ts';
import { Draft } from './draft.graph.ts';
import type { DraftDeleted, DraftPublished, DraftSaved } from './draft.service.ts';

const SaveDraftInput = builder.inputType('SaveDraftInput', {
  description: 'The whole draft as it is now.',
  fields: (t) => ({
    draftId: t.id({ description: 'Left out for a new draft.' }),
    expectedVersion: t.int({ description: 'The `version` of the draft that was edited.' }),
    boardId: t.id({ description: 'May be chosen later.' }),
    title: t.string({ required: true, description: 'At most 200 characters; may be empty.' }),
    body: t.string({ required: true, description: 'Markdown, at most 40,000 characters; may be empty.' }),
    language: t.string({ description: '`en` (unless told) or `ko`.' }),
    tags: t.stringList({ description: 'At most five.' }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});
const PublishDraftInput = builder.inputType('PublishDraftInput', {
  description: 'What to publish.',
  fields: (t) => ({
    draftId: t.id({ required: true }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the draft that was read.' }),
  }),
});
const DeleteDraftInput = builder.inputType('DeleteDraftInput', {
  description: 'What to throw away.',
  fields: (t) => ({ draftId: t.id({ required: true }) }),
});

const SaveDraftSuccess = builder.objectRef<DraftSaved>('SaveDraftSuccess').implement({
  description: 'The draft was kept.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ draft: t.field({ type: Draft, resolve: (result) => result.draft }) }),
});
const PublishDraftSuccess = builder.objectRef<DraftPublished>('PublishDraftSuccess').implement({
  description: 'The draft is a post now.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ post: t.field({ type: Post, resolve: (result) => result.post }) }),
});
const DeleteDraftSuccess = builder.objectRef<DraftDeleted>('DeleteDraftSuccess').implement({
  description: 'The draft is gone.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ draftId: t.exposeID('draftId') }),
});

const { NotSignedInError, ForbiddenError, NotFoundError, ValidationError, ConflictError } = problems;
const SaveDraftResult = builder.unionType('SaveDraftResult', {
  description: 'How `saveDraft` ended.',
  types: [SaveDraftSuccess, ValidationError, NotFoundError, NotSignedInError, ConflictError],
});
const PublishDraftResult = builder.unionType('PublishDraftResult', {
  description: 'How `publishDraft` ended.',
  types: [PublishDraftSuccess, ValidationError, NotFoundError, ForbiddenError, NotSignedInError, ConflictError],
});
const DeleteDraftResult = builder.unionType('DeleteDraftResult', {
  description: 'How `deleteDraft` ended.',
  types: [DeleteDraftSuccess, NotFoundError, NotSignedInError],
});

builder.mutationFields((t) => ({
  saveDraft: t.field({
    type: SaveDraftResult,
    description: 'Keeps a new draft, or a new state of one.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SaveDraftInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.draft.save(context.member, {
        draftId: input.draftId ?? null,
        expectedVersion: input.expectedVersion ?? null,
        boardId: input.boardId ?? null,
        title: input.title,
        body: input.body,
        language: input.language ?? 'en',
        tags: input.tags ?? [],
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
  publishDraft: t.field({
    type: PublishDraftResult,
    description: 'Publishes a draft on its board. Well also when it was published already.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: PublishDraftInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.draft.publish(context.member, input.draftId, input.expectedVersion),
  }),
  deleteDraft: t.field({
    type: DeleteDraftResult,
    description: 'Throws a draft away.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DeleteDraftInput, required: true }) },
    resolve: (_, { input }, context) => context.services.draft.delete(context.member, input.draftId),
  }),
}));

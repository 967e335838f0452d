import { builder, problems } from '../../builder.ts';
import { Comment } from './comment.graph.ts';
import type { CommentChanged } from './comment.service.ts';

const CreateCommentInput = builder.inputType('CreateCommentInput', {
  description: 'A new comment.',
  fields: (t) => ({
    postId: t.id({ required: true }),
    parentId: t.id({ description: 'The comment that it answers; left out at the top.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 10,000 characters.' }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});
const EditCommentInput = builder.inputType('EditCommentInput', {
  description: 'The new words of a comment.',
  fields: (t) => ({
    commentId: t.id({ required: true }),
    body: t.string({ required: true, description: 'Markdown, 1 to 10,000 characters.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the comment that was edited.' }),
  }),
});
const DeleteCommentInput = builder.inputType('DeleteCommentInput', {
  description: 'What to delete.',
  fields: (t) => ({ commentId: t.id({ required: true }) }),
});

const CreateCommentSuccess = builder
  .objectRef<CommentChanged<'CreateCommentSuccess'>>('CreateCommentSuccess')
  .implement({
    description: 'The comment was added, or waits for a moderator: then its `visibility` is `HELD`.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ comment: t.field({ type: Comment, resolve: (result) => result.comment }) }),
  });
const EditCommentSuccess = builder.objectRef<CommentChanged<'EditCommentSuccess'>>('EditCommentSuccess').implement({
  description: 'The comment was changed.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ comment: t.field({ type: Comment, resolve: (result) => result.comment }) }),
});
const DeleteCommentSuccess = builder
  .objectRef<CommentChanged<'DeleteCommentSuccess'>>('DeleteCommentSuccess')
  .implement({
    description: 'The comment is gone; its tombstone.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ comment: t.field({ type: Comment, resolve: (result) => result.comment }) }),
  });

const { NotSignedInError, ForbiddenError, NotFoundError, ValidationError, ConflictError } = problems;
const CreateCommentResult = builder.unionType('CreateCommentResult', {
  description: 'How `createComment` ended.',
  types: [CreateCommentSuccess, ValidationError, NotFoundError, ForbiddenError, NotSignedInError, ConflictError],
});
const EditCommentResult = builder.unionType('EditCommentResult', {
  description: 'How `editComment` ended.',
  types: [EditCommentSuccess, ValidationError, NotFoundError, ForbiddenError, NotSignedInError, ConflictError],
});
const DeleteCommentResult = builder.unionType('DeleteCommentResult', {
  description: 'How `deleteComment` ended.',
  types: [DeleteCommentSuccess, NotFoundError, ForbiddenError, NotSignedInError],
});

builder.mutationFields((t) => ({
  createComment: t.field({
    type: CreateCommentResult,
    description: 'Answers a post, or a comment.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: CreateCommentInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.comment.create(context.member, {
        postId: input.postId,
        parentId: input.parentId ?? null,
        body: input.body,
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
  editComment: t.field({
    type: EditCommentResult,
    description: "Changes the words of the viewer's own comment.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: EditCommentInput, required: true }) },
    resolve: (_, { input }, context) => context.services.comment.edit(context.member, input),
  }),
  deleteComment: t.field({
    type: DeleteCommentResult,
    description: 'Takes a comment away: its author, or a moderator.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DeleteCommentInput, required: true }) },
    resolve: (_, { input }, context) => context.services.comment.delete(context.member, input.commentId),
  }),
}));

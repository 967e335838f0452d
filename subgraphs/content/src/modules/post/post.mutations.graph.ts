import { builder, problems } from '../../builder.ts';
import { Post } from './post.graph.ts';
import type { PostChanged } from './post.service.ts';

const PollInput = builder.inputType('PollInput', {
  description: 'What a post asks those who read it.',
  fields: (t) => ({
    options: t.stringList({ required: true, description: '2 to 10, each of 1 to 100 characters.' }),
    multiple: t.boolean({ description: 'Whether a member may choose several options.' }),
    closesAt: t.field({ type: 'DateTime', description: 'Within a year; left out, it stays open.' }),
  }),
});

const CreatePostInput = builder.inputType('CreatePostInput', {
  description: 'A new post.',
  fields: (t) => ({
    boardId: t.id({ required: true }),
    title: t.string({ required: true, description: '1 to 200 characters.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 40,000 characters.' }),
    language: t.string({ description: '`en` (unless told) or `ko`.' }),
    tags: t.stringList({ description: 'At most five.' }),
    poll: t.field({ type: PollInput }),
    clientMutationId: t.string({ description: 'Makes a retry harmless; at most 100 characters.' }),
  }),
});

const EditPostInput = builder.inputType('EditPostInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    postId: t.id({ required: true }),
    title: t.string({ description: '1 to 200 characters.' }),
    body: t.string({ description: 'Markdown, 1 to 40,000 characters.' }),
    tags: t.stringList({ description: 'All tags that it has from now on; at most five.' }),
    expectedVersion: t.int({ required: true, description: 'The `version` of the post that was edited.' }),
  }),
});

const DeletePostInput = builder.inputType('DeletePostInput', {
  description: 'What to delete.',
  fields: (t) => ({ postId: t.id({ required: true }) }),
});

const CreatePostSuccess = builder.objectRef<PostChanged<'CreatePostSuccess'>>('CreatePostSuccess').implement({
  description: 'The post was published, or waits for a moderator: then its `visibility` is `HELD`.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ post: t.field({ type: Post, resolve: (result) => result.post }) }),
});
const EditPostSuccess = builder.objectRef<PostChanged<'EditPostSuccess'>>('EditPostSuccess').implement({
  description: 'The post was changed.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ post: t.field({ type: Post, resolve: (result) => result.post }) }),
});
const DeletePostSuccess = builder.objectRef<PostChanged<'DeletePostSuccess'>>('DeletePostSuccess').implement({
  description: 'The post is gone; its tombstone.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ post: t.field({ type: Post, resolve: (result) => result.post }) }),
});

const { NotSignedInError, ForbiddenError, NotFoundError, ValidationError, ConflictError } = problems;
const CreatePostResult = builder.unionType('CreatePostResult', {
  description: 'How `createPost` ended.',
  types: [CreatePostSuccess, ValidationError, NotFoundError, ForbiddenError, NotSignedInError, ConflictError],
});
const EditPostResult = builder.unionType('EditPostResult', {
  description: 'How `editPost` ended.',
  types: [EditPostSuccess, ValidationError, NotFoundError, ForbiddenError, NotSignedInError, ConflictError],
});
const DeletePostResult = builder.unionType('DeletePostResult', {
  description: 'How `deletePost` ended.',
  types: [DeletePostSuccess, NotFoundError, ForbiddenError, NotSignedInError],
});

builder.mutationFields((t) => ({
  createPost: t.field({
    type: CreatePostResult,
    description: 'Publishes a post on a board.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: CreatePostInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.post.create(context.member, {
        boardId: input.boardId,
        title: input.title,
        body: input.body,
        language: input.language ?? 'en',
        tags: input.tags ?? [],
        poll: input.poll
          ? {
              options: input.poll.options,
              multiple: input.poll.multiple ?? false,
              closesAt: input.poll.closesAt ?? null,
            }
          : null,
        clientMutationId: input.clientMutationId ?? null,
      }),
  }),
  editPost: t.field({
    type: EditPostResult,
    description: "Changes the words of the viewer's own post.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: EditPostInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.post.edit(context.member, {
        postId: input.postId,
        title: input.title ?? undefined,
        body: input.body ?? undefined,
        tags: input.tags ?? undefined,
        expectedVersion: input.expectedVersion,
      }),
  }),
  deletePost: t.field({
    type: DeletePostResult,
    description: 'Takes a post away: its author, or a moderator.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DeletePostInput, required: true }) },
    resolve: (_, { input }, context) => context.services.post.delete(context.member, input.postId),
  }),
}));

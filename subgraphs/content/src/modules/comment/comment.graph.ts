import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, defineConnection } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { hasWords } from '../../rules.ts';
import { shownOfComment } from '../audience/hidden-counts.loader.ts';
import { Post, Visibility } from '../post/post.graph.ts';
import { postById } from '../post/post.loader.ts';
import { User } from '../viewer/user.graph.ts';
import { commentById, commentList } from './comment.loader.ts';
import type { CommentList } from './comment.store.ts';
import type { Comment as CommentShape } from './comment.ts';

export const Comment = builder.objectRef<CommentShape>('Comment').implement({
  description: 'What a member answered. One that was taken away has no words and no author any more.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    post: t.field({
      type: Post,
      nullable: true,
      resolve: (comment, _, context) => postById(context).load(comment.postId),
    }),
    author: t.field({
      type: User,
      nullable: true,
      resolve: (comment) => (hasWords(comment) ? { id: comment.authorId } : null),
    }),
    depth: t.exposeInt('depth', { description: '0 for an answer to the post itself.' }),
    body: t.string({
      nullable: true,
      description: 'Markdown, as it was written.',
      resolve: (comment) => (hasWords(comment) ? comment.body : null),
    }),
    bodyHtml: t.string({
      nullable: true,
      description: 'Rendered, and safe to put into a page.',
      resolve: (comment) => (hasWords(comment) ? comment.bodyHtml : null),
    }),
    visibility: t.field({ type: Visibility, resolve: (comment) => comment.visibility }),
    likeCount: t.int({
      description: 'Without those whom a block hides from the viewer.',
      resolve: (comment, _, context) => shownOfComment(context, comment, 'likes'),
    }),
    replyCount: t.int({
      description: 'Without those whom a block hides from the viewer.',
      resolve: (comment, _, context) => shownOfComment(context, comment, 'replies'),
    }),
    version: t.exposeInt('version', { description: 'Send it back as `expectedVersion`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.asEntity(Comment, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => commentById(context).load(id),
});

builder.objectField(Comment, 'parent', (t) =>
  t.field({
    type: Comment,
    nullable: true,
    description: 'The comment that it answers; null at the top.',
    resolve: (comment, _, context) => (comment.parentId ? commentById(context).load(comment.parentId) : null),
  }),
);

const CommentConnection = defineConnection('Comment', Comment);
async function toCommentConnection(context: Context, list: CommentList) {
  const comments = await commentList(context).load(list);
  return toConnection(comments, list.page, (comment) => [comment.createdAt.toISOString(), comment.id]);
}

builder.objectField(Post, 'comments', (t) =>
  t.field({
    type: CommentConnection,
    description: 'Answers to the post itself, the oldest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: (post, args, context) =>
      toCommentConnection(context, { under: 'post', ownerId: post.id, page: readPage(args) }),
  }),
);

builder.objectField(Comment, 'replies', (t) =>
  t.field({
    type: CommentConnection,
    description: 'Answers to this comment, the oldest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: (comment, args, context) =>
      toCommentConnection(context, { under: 'comment', ownerId: comment.id, page: readPage(args) }),
  }),
);

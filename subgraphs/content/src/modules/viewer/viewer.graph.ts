import { readIds } from '@community/kit/connection';
import { defineLoader } from '@community/kit/loader';
import { addViewer } from '@community/kit/viewer.graph';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Comment } from '../comment/comment.graph.ts';
import { commentById } from '../comment/comment.loader.ts';
import { Post } from '../post/post.graph.ts';
import { postById } from '../post/post.loader.ts';

const postIsLiked = defineLoader<Context, string, boolean>(async (context, ids) => {
  const liked = context.member ? await context.stores.like.likedPosts(context.member.id, ids) : new Set<string>();
  return ids.map((id) => liked.has(id));
});

const commentIsLiked = defineLoader<Context, string, boolean>(async (context, ids) => {
  const liked = context.member ? await context.stores.like.likedComments(context.member.id, ids) : new Set<string>();
  return ids.map((id) => liked.has(id));
});

export const Viewer = addViewer(builder);

export const PostState = builder.objectRef<{ id: string }>('PostState').implement({
  description: 'How the viewer stands to a post.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    postId: t.exposeID('id'),
    post: t.field({ type: Post, nullable: true, resolve: ({ id }, _, context) => postById(context).load(id) }),
    liked: t.boolean({
      description: 'Whether the viewer likes it.',
      resolve: ({ id }, _, context) => postIsLiked(context).load(id),
    }),
  }),
});

const CommentState = builder.objectRef<{ id: string }>('CommentState').implement({
  description: 'How the viewer stands to a comment.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    commentId: t.exposeID('id'),
    comment: t.field({ type: Comment, nullable: true, resolve: ({ id }, _, context) => commentById(context).load(id) }),
    liked: t.boolean({
      description: 'Whether the viewer likes it.',
      resolve: ({ id }, _, context) => commentIsLiked(context).load(id),
    }),
  }),
});

builder.objectFields(Viewer, (t) => ({
  postStates: t.field({
    type: [PostState],
    description: 'How the viewer stands to these posts, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => readIds(ids).map((id) => ({ id })),
  }),
  commentStates: t.field({
    type: [CommentState],
    description: 'How the viewer stands to these comments, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => readIds(ids).map((id) => ({ id })),
  }),
}));

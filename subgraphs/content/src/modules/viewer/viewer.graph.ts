import { MAX_PAGE } from '@community/kit/connection';
import { defineLoader } from '@community/kit/loader';
import { GraphQLError } from 'graphql';
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

/** The member who asks. Each subgraph answers the root field for itself, so that asking for it costs no hop. */
const Viewer = builder.objectRef<{ id: string }>('Viewer').implement({
  description:
    'The member who asks, and what is only for her. What she sees of public things is asked here, apart from them.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ id: t.exposeID('id') }),
});

builder.asEntity(Viewer, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => (context.member?.id === id ? { id } : null),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    shareable: true,
    description: 'The member who asks; null for an anonymous client.',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => (context.member ? { id: context.member.id } : null),
  }),
);

const PostState = builder.objectRef<{ id: string }>('PostState').implement({
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

function states(ids: readonly string[]): { id: string }[] {
  if (ids.length > MAX_PAGE)
    throw new GraphQLError(`\`ids\` holds at most ${MAX_PAGE}, not ${ids.length}.`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return ids.map((id) => ({ id }));
}

builder.objectFields(Viewer, (t) => ({
  postStates: t.field({
    type: [PostState],
    description: 'How the viewer stands to these posts, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => states(ids),
  }),
  commentStates: t.field({
    type: [CommentState],
    description: 'How the viewer stands to these comments, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => states(ids),
  }),
}));

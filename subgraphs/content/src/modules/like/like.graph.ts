import { isProblem, type Problem } from '@community/kit/problem';
import { builder, problems } from '../../builder.ts';
import { Comment } from '../comment/comment.graph.ts';
import type { Comment as CommentShape } from '../comment/comment.ts';
import { Post } from '../post/post.graph.ts';
import type { Post as PostShape } from '../post/post.ts';

const refusals = [problems.NotFoundError, problems.NotSignedInError] as const;

const named = <Name extends string, Thing extends object>(__typename: Name, result: Thing | Problem) =>
  isProblem(result) ? result : { __typename, thing: result as Thing };

for (const verb of ['like', 'unlike'] as const) {
  const Verb = verb === 'like' ? 'Like' : 'Unlike';
  const liked = verb === 'like';
  const now = liked ? 'The viewer likes it now.' : 'The viewer does not like it.';

  const PostInput = builder.inputType(`${Verb}PostInput`, {
    description: `Which post to ${verb}.`,
    fields: (t) => ({ postId: t.id({ required: true }) }),
  });
  const PostSuccess = builder.objectRef<{ thing: PostShape }>(`${Verb}PostSuccess`).implement({
    description: now,
    tag: ['public', 'mobile'],
    fields: (t) => ({ post: t.field({ type: Post, resolve: (result) => result.thing }) }),
  });
  const PostResult = builder.unionType(`${Verb}PostResult`, {
    description: `How \`${verb}Post\` ended.`,
    types: [PostSuccess, ...refusals],
  });
  builder.mutationField(`${verb}Post`, (t) =>
    t.field({
      type: PostResult,
      description: `${now} Well also when it was so already.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: PostInput, required: true }) },
      resolve: async (_, { input }, context) =>
        named(`${Verb}PostSuccess`, await context.services.like.setOnPost(context.member, input.postId, liked)),
    }),
  );

  const CommentInput = builder.inputType(`${Verb}CommentInput`, {
    description: `Which comment to ${verb}.`,
    fields: (t) => ({ commentId: t.id({ required: true }) }),
  });
  const CommentSuccess = builder.objectRef<{ thing: CommentShape }>(`${Verb}CommentSuccess`).implement({
    description: now,
    tag: ['public', 'mobile'],
    fields: (t) => ({ comment: t.field({ type: Comment, resolve: (result) => result.thing }) }),
  });
  const CommentResult = builder.unionType(`${Verb}CommentResult`, {
    description: `How \`${verb}Comment\` ended.`,
    types: [CommentSuccess, ...refusals],
  });
  builder.mutationField(`${verb}Comment`, (t) =>
    t.field({
      type: CommentResult,
      description: `${now} Well also when it was so already.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: CommentInput, required: true }) },
      resolve: async (_, { input }, context) =>
        named(
          `${Verb}CommentSuccess`,
          await context.services.like.setOnComment(context.member, input.commentId, liked),
        ),
    }),
  );
}

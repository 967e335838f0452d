import { defineLoader } from '@community/kit/loader';
import { isProblem } from '@community/kit/problem';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { Board } from '../board/board.graph.ts';
import { Post } from '../post/post.graph.ts';
import type { Post as PostShape } from '../post/post.ts';

const isPinned = defineLoader<Context, string, boolean>(async (context, ids) => {
  const pinned = await context.stores.pin.among(ids);
  return ids.map((id) => pinned.has(id));
});
const pinnedOf = defineLoader<Context, string, PostShape[]>((context, boardIds) =>
  context.stores.pin.ofBoards(boardIds, context.viewerId),
);

builder.objectFields(Post, (t) => ({
  pinned: t.boolean({
    description: 'Whether moderators put it at the top of its board.',
    resolve: ({ id }, _, context) => isPinned(context).load(id),
  }),
  locked: t.boolean({
    description: 'Whether only moderators can answer it.',
    resolve: ({ lockedAt }) => lockedAt !== null,
  }),
}));

builder.objectField(Board, 'pinnedPosts', (t) =>
  t.field({
    type: [Post],
    description: 'What moderators put at its top, the last one first; at most five. They are in `posts` too.',
    listSize: { assumedSize: 5 },
    resolve: ({ id }, _, context) => pinnedOf(context).load(id),
  }),
);

const NOW = {
  pin: 'It is at the top of its board.',
  unpin: 'It is not at the top of its board.',
  lock: 'Only moderators can answer it.',
  unlock: 'Everybody can answer it.',
} as const;

for (const act of ['pin', 'unpin', 'lock', 'unlock'] as const) {
  const Act = `${act.charAt(0).toUpperCase()}${act.slice(1)}` as Capitalize<typeof act>;
  const Input = builder.inputType(`${Act}PostInput`, {
    description: `Which post to ${act}.`,
    fields: (t) => ({ postId: t.id({ required: true }) }),
  });
  const Success = builder.objectRef<{ post: PostShape }>(`${Act}PostSuccess`).implement({
    description: NOW[act],
    tag: ['public', 'mobile'],
    fields: (t) => ({ post: t.field({ type: Post, resolve: ({ post }) => post }) }),
  });
  const Result = builder.unionType(`${Act}PostResult`, {
    description: `How \`${act}Post\` ended.`,
    types: [Success, problems.NotFoundError, problems.ForbiddenError, problems.NotSignedInError],
  });
  builder.mutationField(`${act}Post`, (t) =>
    t.field({
      type: Result,
      description: `${NOW[act]} For moderators; well also when it was so already.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: async (_, { input }, context) => {
        const result = await context.services.pin.act(context.member, input.postId, act);
        isPinned(context).clear(input.postId);
        return isProblem(result) ? result : { __typename: `${Act}PostSuccess`, post: result };
      },
    }),
  );
}

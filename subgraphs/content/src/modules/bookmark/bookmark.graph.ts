import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { isProblem } from '@community/kit/problem';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { PostConnection } from '../post/post.graph.ts';
import { PostState, Viewer } from '../viewer/viewer.graph.ts';

const isBookmarked = defineLoader<Context, string, boolean>(async (context, ids) => {
  const found = context.member ? await context.stores.bookmark.among(context.member.id, ids) : new Set<string>();
  return ids.map((id) => found.has(id));
});

builder.objectField(PostState, 'bookmarked', (t) =>
  t.boolean({
    description: 'Whether the viewer has bookmarked it.',
    resolve: ({ id }, _, context) => isBookmarked(context).load(id),
  }),
);

builder.objectField(Viewer, 'bookmarks', (t) =>
  t.field({
    type: PostConnection,
    description: 'The posts that the viewer has bookmarked, the latest bookmark first. Nobody else sees them.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async ({ id }, args, context) => {
      const page = readPage(args);
      const posts = await context.stores.bookmark.page(id, page);
      return toConnection(posts, page, (post) => [post.bookmarkedAt.toISOString(), post.id]);
    },
  }),
);

for (const verb of ['bookmark', 'unbookmark'] as const) {
  const Verb = verb === 'bookmark' ? 'Bookmark' : 'Unbookmark';
  const now = verb === 'bookmark' ? 'The viewer has bookmarked it.' : 'The viewer has no bookmark on it.';

  const Input = builder.inputType(`${Verb}PostInput`, {
    description: `Which post to ${verb}.`,
    fields: (t) => ({ postId: t.id({ required: true }) }),
  });
  const Success = builder.objectRef<{ id: string }>(`${Verb}PostSuccess`).implement({
    description: now,
    tag: ['public', 'mobile'],
    fields: (t) => ({ state: t.field({ type: PostState, resolve: ({ id }) => ({ id }) }) }),
  });
  const Result = builder.unionType(`${Verb}PostResult`, {
    description: `How \`${verb}Post\` ended.`,
    types: [Success, problems.NotFoundError, problems.NotSignedInError],
  });
  builder.mutationField(`${verb}Post`, (t) =>
    t.field({
      type: Result,
      description: `${now} Well also when it was so already.`,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: async (_, { input }, context) => {
        const result = await context.services.bookmark.set(context.member, input.postId, verb === 'bookmark');
        // Another mutation of this request may have asked before.
        isBookmarked(context).clear(input.postId);
        return isProblem(result) ? result : { __typename: `${Verb}PostSuccess`, ...result };
      },
    }),
  );
}

import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';

/** What is not there for the viewer, of the likes and comments that a post counts. */
export const hiddenOfPost = defineLoader<Context, string, { likes: number; comments: number }>(async (context, ids) =>
  context.viewerId
    ? context.stores.audience.hiddenOfPosts(context.viewerId, ids)
    : ids.map(() => ({ likes: 0, comments: 0 })),
);

/** What is not there for the viewer, of the likes and answers that a comment counts. */
export const hiddenOfComment = defineLoader<Context, string, { likes: number; replies: number }>(
  async (context, ids) =>
    context.viewerId
      ? context.stores.audience.hiddenOfComments(context.viewerId, ids)
      : ids.map(() => ({ likes: 0, replies: 0 })),
);

import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';

/** What is not there for the viewer, of the likes and comments that a post counts. */
const hiddenOfPost = defineLoader<Context, string, { likes: number; comments: number }>(async (context, ids) =>
  context.viewerId ? context.stores.audience.hiddenOfPosts(context.viewerId, ids) : [],
);

/** What is not there for the viewer, of the likes and answers that a comment counts. */
const hiddenOfComment = defineLoader<Context, string, { likes: number; replies: number }>(async (context, ids) =>
  context.viewerId ? context.stores.audience.hiddenOfComments(context.viewerId, ids) : [],
);

/**
 * What a post counts, without what a block hides from the viewer. Nothing is hidden from who has no token: for her it is
 * there at once, as a page has a hundred counts.
 */
export function shownOfPost(
  context: Context,
  post: { readonly id: string; readonly likeCount: number; readonly commentCount: number },
  what: 'likes' | 'comments',
): number | Promise<number> {
  const count = what === 'likes' ? post.likeCount : post.commentCount;
  if (!context.viewerId) return count;
  return hiddenOfPost(context)
    .load(post.id)
    .then((hidden) => count - hidden[what]);
}

/** What a comment counts, without what a block hides from the viewer. */
export function shownOfComment(
  context: Context,
  comment: { readonly id: string; readonly likeCount: number; readonly replyCount: number },
  what: 'likes' | 'replies',
): number | Promise<number> {
  const count = what === 'likes' ? comment.likeCount : comment.replyCount;
  if (!context.viewerId) return count;
  return hiddenOfComment(context)
    .load(comment.id)
    .then((hidden) => count - hidden[what]);
}

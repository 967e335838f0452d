import type { Tx } from '../../database.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import type { Thing } from './moderation.ts';

export type Things = ReturnType<typeof createThings>;
export type LockedThing =
  | { readonly kind: 'POST'; readonly thing: Post }
  | { readonly kind: 'COMMENT'; readonly thing: Comment };

/** Posts and comments by their ids alone. */
export function createThings({ posts, comments }: { posts: PostStore; comments: CommentStore }) {
  return {
    /** A post, or a comment after its post, whose rows stay locked until the transaction ends: always in this order. */
    async lock(tx: Tx, { kind, id }: Thing): Promise<LockedThing | null> {
      if (kind === 'POST') {
        const thing = await posts.lock(tx, id);
        return thing && { kind, thing };
      }
      const known = await comments.byId(tx, id);
      if (!known) return null;
      await posts.lock(tx, known.postId);
      const thing = await comments.lock(tx, id);
      return thing && { kind, thing };
    },
  };
}

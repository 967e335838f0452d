import { outboxRow } from '@community/events/outbox';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';
import type { PoolTransactions } from '@community/kit/transactions';
import type { Tx } from '../../database.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import { likeEvents } from './like.events.ts';
import type { LikeStore } from './like.store.ts';

export type LikeService = ReturnType<typeof createLikeService>;

type Refused = NotSignedIn | NotFound;

/** What only the statement knows that writes the event: it puts in the author of what is liked, and the event's number. */
const BY_STATEMENT = { authorId: '00000000-0000-0000-0000-000000000000', version: 0 };

/** Likes of posts and comments; what is done already is done well again. */
export function createLikeService({
  transactions,
  likes,
  posts,
  comments,
}: {
  transactions: PoolTransactions<Tx>;
  likes: LikeStore;
  posts: PostStore;
  comments: CommentStore;
}) {
  return {
    async setOnPost(viewer: Member | null, postId: string, liked: boolean): Promise<Post | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const noSuchPost = notFound('post', ['input', 'postId']);
      if (!isId(postId)) return noSuchPost;
      const changed = await transactions.alone((tx) => {
        const told = outboxRow(transactions.sql(tx), likeEvents, {
          type: liked ? 'post.liked' : 'post.unliked',
          aggregateId: postId,
          aggregateVersion: BY_STATEMENT.version,
          actorId: member.id,
          payload: { postId, authorId: BY_STATEMENT.authorId, memberId: member.id },
        });
        return likes.posts.set(tx, member.id, postId, liked, told);
      });
      if (changed) return changed;
      const shown = await transactions.alone((tx) => posts.shownTo(tx, postId, member.id, { lock: false }));
      return shown ?? noSuchPost;
    },

    async setOnComment(viewer: Member | null, commentId: string, liked: boolean): Promise<Comment | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const noSuchComment = notFound('comment', ['input', 'commentId']);
      if (!isId(commentId)) return noSuchComment;
      const changed = await transactions.alone((tx) => {
        const told = outboxRow(transactions.sql(tx), likeEvents, {
          type: liked ? 'comment.liked' : 'comment.unliked',
          aggregateId: commentId,
          aggregateVersion: BY_STATEMENT.version,
          actorId: member.id,
          payload: { commentId, authorId: BY_STATEMENT.authorId, memberId: member.id },
        });
        return likes.comments.set(tx, member.id, commentId, liked, told);
      });
      if (changed) return changed;
      const shown = await transactions.alone((tx) => comments.shownTo(tx, commentId, member.id, { lock: false }));
      return shown ?? noSuchComment;
    },
  };
}

import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import { likeEvents } from './like.events.ts';
import type { LikeStore } from './like.store.ts';

export type LikeService = ReturnType<typeof createLikeService>;

type Refused = NotSignedIn | NotFound;

/** Likes of posts and comments; what is done already is done well again. */
export function createLikeService({
  transactions,
  likes,
  posts,
  comments,
}: {
  transactions: Transactions<Tx>;
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
      return transactions.run(async (tx) => {
        const changed = await likes.posts.set(tx, member.id, postId, liked);
        if (!changed) return (await posts.shownTo(tx, postId, member.id, { lock: false })) ?? noSuchPost;
        await emit(transactions.sql(tx), likeEvents, {
          type: liked ? 'post.liked' : 'post.unliked',
          aggregateId: postId,
          aggregateVersion: changed.eventVersion,
          actorId: member.id,
          payload: { postId, authorId: changed.thing.authorId, memberId: member.id },
        });
        return changed.thing;
      });
    },

    async setOnComment(viewer: Member | null, commentId: string, liked: boolean): Promise<Comment | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const noSuchComment = notFound('comment', ['input', 'commentId']);
      if (!isId(commentId)) return noSuchComment;
      return transactions.run(async (tx) => {
        const changed = await likes.comments.set(tx, member.id, commentId, liked);
        if (!changed) return (await comments.shownTo(tx, commentId, member.id, { lock: false })) ?? noSuchComment;
        await emit(transactions.sql(tx), likeEvents, {
          type: liked ? 'comment.liked' : 'comment.unliked',
          aggregateId: commentId,
          aggregateVersion: changed.eventVersion,
          actorId: member.id,
          payload: { commentId, authorId: changed.thing.authorId, memberId: member.id },
        });
        return changed.thing;
      });
    },
  };
}

import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { isProblem, type NotFound, type NotSignedIn, notFound, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { isShown } from '../../rules.ts';
import type { AudienceStore } from '../audience/audience.store.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import { likeEvents } from './like.events.ts';
import type { LikeStore } from './like.store.ts';

export type LikeService = ReturnType<typeof createLikeService>;

type Refused = NotSignedIn | NotFound;

/**
 * Likes of posts and comments. The row of what is liked is locked first, so that its counter and the number of its next
 * event are right whoever else likes it; what is done already is done well again.
 */
export function createLikeService({
  transactions,
  likes,
  posts,
  comments,
  audience,
}: {
  transactions: Transactions<Tx>;
  likes: LikeStore;
  posts: PostStore;
  comments: CommentStore;
  audience: AudienceStore;
}) {
  async function maySee(
    tx: Tx,
    member: Member,
    thing: { authorId: string; visibility: Post['visibility'] },
  ): Promise<boolean> {
    return isShown(thing) && audience.seesAll(tx, member.id, [thing.authorId]);
  }

  return {
    async setOnPost(viewer: Member | null, postId: string, liked: boolean): Promise<Post | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(postId)) return notFound('post', ['input', 'postId']);
      return transactions.run(async (tx) => {
        const post = await posts.lock(tx, postId);
        if (!post || !(await maySee(tx, member, post))) return notFound('post', ['input', 'postId']);
        const changed = liked
          ? await likes.addToPost(tx, member.id, postId)
          : await likes.removeFromPost(tx, member.id, postId);
        if (!changed) return post;
        const { post: counted, eventVersion } = await posts.change(tx, postId, {
          likeCount: { increment: liked ? 1 : -1 },
        });
        await emit(transactions.sql(tx), likeEvents, {
          type: liked ? 'post.liked' : 'post.unliked',
          aggregateId: postId,
          aggregateVersion: eventVersion,
          actorId: member.id,
          payload: { postId, authorId: post.authorId, memberId: member.id },
        });
        return counted;
      });
    },

    async setOnComment(viewer: Member | null, commentId: string, liked: boolean): Promise<Comment | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!isId(commentId)) return notFound('comment', ['input', 'commentId']);
      return transactions.run(async (tx) => {
        const comment = await comments.lock(tx, commentId);
        if (!comment || !(await maySee(tx, member, comment))) return notFound('comment', ['input', 'commentId']);
        const changed = liked
          ? await likes.addToComment(tx, member.id, commentId)
          : await likes.removeFromComment(tx, member.id, commentId);
        if (!changed) return comment;
        const { comment: counted, eventVersion } = await comments.change(tx, commentId, {
          likeCount: { increment: liked ? 1 : -1 },
        });
        await emit(transactions.sql(tx), likeEvents, {
          type: liked ? 'comment.liked' : 'comment.unliked',
          aggregateId: commentId,
          aggregateVersion: eventVersion,
          actorId: member.id,
          payload: { commentId, authorId: comment.authorId, memberId: member.id },
        });
        return counted;
      });
    },
  };
}

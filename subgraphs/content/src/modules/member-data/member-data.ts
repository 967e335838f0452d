import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { keysetPages } from '@community/kit/keyset-pages';
import type { MemberData } from '@community/kit/member-data';
import type { Tx } from '../../database.ts';
import { commentEvents } from '../comment/comment.events.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { PollStore } from '../poll/poll.store.ts';
import { postEvents } from '../post/post.events.ts';
import { receiptEvents } from './member-data.events.ts';
import type { MemberDataStore } from './member-data.store.ts';

/** Content's part of a member: her drafts, posts and comments with what they said before, likes and bookmarks. What others answered keeps its place, without her. */
export function createMemberData({
  transactions,
  data,
  comments: commentStore,
  polls,
}: {
  transactions: Transactions<Tx>;
  data: MemberDataStore;
  comments: CommentStore;
  polls: PollStore;
}): MemberData<Tx> {
  return {
    receipts: receiptEvents,

    async *export(memberId) {
      const {
        postsPage,
        commentsPage,
        draftsPage,
        revisionsPage,
        reportsPage,
        postLikesPage,
        commentLikesPage,
        pollVotesPage,
        bookmarksPage,
      } = data;
      yield* keysetPages(
        'posts',
        (after, limit) => postsPage(memberId, after, limit),
        (post) => post.id,
      );
      yield* keysetPages(
        'comments',
        (after, limit) => commentsPage(memberId, after, limit),
        (comment) => comment.id,
      );
      yield* keysetPages(
        'drafts',
        (after, limit) => draftsPage(memberId, after, limit),
        (draft) => draft.id,
      );
      yield* keysetPages(
        'revisions',
        (after, limit) => revisionsPage(memberId, after, limit),
        ({ thingId, version }) => `${thingId} ${version}`,
      );
      yield* keysetPages(
        'reports',
        (after, limit) => reportsPage(memberId, after, limit),
        (report) => report.thingId,
      );
      yield* keysetPages(
        'pollVotes',
        (after, limit) => pollVotesPage(memberId, after, limit),
        (vote) => vote.optionId,
      );
      yield* keysetPages(
        'postLikes',
        (after, limit) => postLikesPage(memberId, after, limit),
        (like) => like.postId,
      );
      yield* keysetPages(
        'commentLikes',
        (after, limit) => commentLikesPage(memberId, after, limit),
        (like) => like.commentId,
      );
      yield* keysetPages(
        'bookmarks',
        (after, limit) => bookmarksPage(memberId, after, limit),
        (bookmark) => bookmark.postId,
      );
    },

    async erase(tx, memberId) {
      const sql = transactions.sql(tx);
      const posts = await data.erasePosts(tx, memberId);
      const comments = await data.eraseComments(tx, memberId);
      await commentStore.uncount(
        tx,
        comments.flatMap(({ id, wasShown }) => (wasShown ? [id] : [])),
      );
      const likes = await data.eraseLikes(tx, memberId);
      const pollVotes = await polls.takeBackAll(tx, memberId);
      await data.eraseTraces(tx, memberId);
      await emitAll(
        sql,
        postEvents,
        posts.map(({ id, boardId, eventVersion }) => ({
          type: 'post.deleted' as const,
          aggregateId: id,
          aggregateVersion: eventVersion,
          payload: { postId: id, boardId, authorId: memberId, by: 'author' as const },
        })),
      );
      await emitAll(
        sql,
        commentEvents,
        comments.map(({ id, postId, parentId, eventVersion }) => ({
          type: 'comment.deleted' as const,
          aggregateId: id,
          aggregateVersion: eventVersion,
          payload: { commentId: id, postId, parentId, authorId: memberId, by: 'author' as const },
        })),
      );
      return { posts: posts.length, comments: comments.length, ...likes, pollVotes };
    },
  };
}

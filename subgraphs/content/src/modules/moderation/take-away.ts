import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import type { Tx } from '../../database.ts';
import { commentEvents } from '../comment/comment.events.ts';
import type { CommentStore } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import type { PinStore } from '../pin/pin.store.ts';
import { postEvents } from '../post/post.events.ts';
import type { PostStore } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';
import type { RevisionStore } from '../revision/revision.store.ts';
import type { CaseStore } from './case.store.ts';
import { moderationEvents } from './moderation.events.ts';
import type { CaseStatus, ModerationCase } from './moderation.ts';

export type TakeAway = ReturnType<typeof createTakeAway>;
type By = 'author' | 'moderator';

const VISIBILITY = { author: 'DELETED', moderator: 'HIDDEN' } as const;

/**
 * Takes locked posts and comments away, and ends what is open about them. What is held leaves no tombstone, as nobody saw
 * it: it stays held when a moderator refuses it, and is deleted when its author takes it back.
 */
export function createTakeAway({
  transactions,
  posts,
  comments,
  revisions,
  pins,
  cases,
}: {
  transactions: Transactions<Tx>;
  posts: PostStore;
  comments: CommentStore;
  revisions: RevisionStore;
  pins: PinStore;
  cases: CaseStore;
}) {
  async function decide(
    tx: Tx,
    { id }: ModerationCase,
    decision: Exclude<CaseStatus, 'OPEN'>,
    member: Member,
  ): Promise<ModerationCase> {
    const { decided, eventVersion } = await cases.decide(tx, id, decision, member.id);
    const { kind, thingId, authorId } = decided;
    await emit(transactions.sql(tx), moderationEvents, {
      type: 'content.case_decided',
      aggregateId: id,
      aggregateVersion: eventVersion,
      actorId: member.id,
      payload: { caseId: id, kind, thingId, authorId, decision },
    });
    return decided;
  }

  async function settle(tx: Tx, member: Member, thingId: string, by: By): Promise<void> {
    if (by === 'author') await revisions.remove(tx, thingId);
    const open = await cases.openOf(tx, thingId);
    if (open) await decide(tx, open, 'RESOLVED', member);
  }

  return {
    decide,

    async post(tx: Tx, member: Member, post: Post, by: By): Promise<Post> {
      if (post.visibility === 'HELD') {
        await settle(tx, member, post.id, by);
        if (by === 'moderator') return post;
        await posts.discard(tx, post.id);
        return { ...post, visibility: 'DELETED' };
      }
      const changed = await posts.change(tx, post.id, { visibility: VISIBILITY[by] });
      await pins.remove(tx, post.id);
      await settle(tx, member, post.id, by);
      await emit(transactions.sql(tx), postEvents, {
        type: 'post.deleted',
        aggregateId: post.id,
        aggregateVersion: changed.eventVersion,
        actorId: member.id,
        payload: { postId: post.id, boardId: post.boardId, authorId: post.authorId, by },
      });
      return changed.post;
    },

    async comment(tx: Tx, member: Member, comment: Comment, by: By): Promise<Comment> {
      if (comment.visibility === 'HELD') {
        await settle(tx, member, comment.id, by);
        if (by === 'moderator') return comment;
        await comments.discard(tx, comment.id);
        return { ...comment, visibility: 'DELETED' };
      }
      const changed = await comments.change(tx, comment.id, { visibility: VISIBILITY[by] });
      await posts.addComments(tx, comment.postId, -1);
      await comments.uncount(tx, [comment.id]);
      await settle(tx, member, comment.id, by);
      const { id: commentId, postId, parentId, authorId } = comment;
      await emit(transactions.sql(tx), commentEvents, {
        type: 'comment.deleted',
        aggregateId: comment.id,
        aggregateVersion: changed.eventVersion,
        actorId: member.id,
        payload: { commentId, postId, parentId, authorId, by },
      });
      return changed.comment;
    },
  };
}

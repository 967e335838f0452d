import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const ofPost = z.object({ postId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });
const ofComment = z.object({ commentId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });

interface Like {
  readonly targetType: 'POST' | 'COMMENT';
  readonly targetId: string;
  readonly authorId: string;
  readonly memberId: string;
}

function tell(pending: PendingStore, tx: Tx, like: Like, liked: boolean, occurredAt: Date): Promise<void> {
  const act = {
    recipientId: like.authorId,
    kind: 'LIKE' as const,
    targetId: like.targetId,
    sourceId: like.memberId,
  };
  return liked
    ? pending.add(tx, [{ ...act, targetType: like.targetType, reason: null, actorId: like.memberId, occurredAt }])
    : pending.remove(tx, act, occurredAt);
}

/** Somebody likes a post (or no longer does): its author is told. */
export function postLiked(pending: PendingStore, liked: boolean) {
  return handler<Tx, typeof ofPost>({
    schema: ofPost,
    version: 1,
    mode: 'each',
    handle: (tx, { data: { postId, ...like }, time }) =>
      tell(pending, tx, { ...like, targetType: 'POST', targetId: postId }, liked, new Date(time)),
  });
}

/** Somebody likes a comment (or no longer does): its author is told. */
export function commentLiked(pending: PendingStore, liked: boolean) {
  return handler<Tx, typeof ofComment>({
    schema: ofComment,
    version: 1,
    mode: 'each',
    handle: (tx, { data: { commentId, ...like }, time }) =>
      tell(pending, tx, { ...like, targetType: 'COMMENT', targetId: commentId }, liked, new Date(time)),
  });
}

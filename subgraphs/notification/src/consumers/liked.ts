import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const ofPost = z.object({ postId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });
const ofComment = z.object({ commentId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });

interface Like {
  readonly targetId: string;
  readonly authorId: string;
  readonly memberId: string;
  readonly time: string;
}

function tell(
  pending: PendingStore,
  tx: Tx,
  targetType: 'POST' | 'COMMENT',
  likes: readonly Like[],
  liked: boolean,
): Promise<void> {
  const acts = likes.map(({ targetId, authorId, memberId, time }) => ({
    recipientId: authorId,
    kind: 'LIKE' as const,
    targetId,
    sourceId: memberId,
    occurredAt: new Date(time),
  }));
  return liked
    ? pending.add(
        tx,
        acts.map((act) => ({ ...act, targetType, reason: null, actorId: act.sourceId })),
      )
    : pending.remove(tx, acts);
}

/** Members like posts (or no longer do): their authors are told. */
export function postLiked(pending: PendingStore, liked: boolean) {
  return handler<Tx, typeof ofPost>({
    schema: ofPost,
    version: 1,
    mode: 'each',
    handleAll(tx, events) {
      const likes = events.map(({ data, time }) => ({ ...data, targetId: data.postId, time }));
      return tell(pending, tx, 'POST', likes, liked);
    },
  });
}

/** Members like comments (or no longer do): their authors are told. */
export function commentLiked(pending: PendingStore, liked: boolean) {
  return handler<Tx, typeof ofComment>({
    schema: ofComment,
    version: 1,
    mode: 'each',
    handleAll(tx, events) {
      const likes = events.map(({ data, time }) => ({ ...data, targetId: data.commentId, time }));
      return tell(pending, tx, 'COMMENT', likes, liked);
    },
  });
}

import { handler } from '@community/events/consumer';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({
  commentId: z.uuid(),
  postId: z.uuid(),
  parentId: z.uuid().nullable(),
  authorId: z.uuid(),
  postAuthorId: z.uuid(),
  parentAuthorId: z.uuid().nullable(),
});

/**
 * Somebody answered: the author of the post is told, and the author of the comment that was answered. One who is both is
 * told of the reply only.
 */
export function commentCreated(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    async handle(tx, { data, time }) {
      const act = { reason: null, actorId: data.authorId, sourceId: data.commentId, occurredAt: new Date(time) };
      const reply =
        data.parentId && data.parentAuthorId
          ? [
              {
                ...act,
                recipientId: data.parentAuthorId,
                kind: 'REPLY' as const,
                targetType: 'COMMENT' as const,
                targetId: data.parentId,
              },
            ]
          : [];
      const comment =
        data.postAuthorId === data.parentAuthorId
          ? []
          : [
              {
                ...act,
                recipientId: data.postAuthorId,
                kind: 'COMMENT' as const,
                targetType: 'POST' as const,
                targetId: data.postId,
              },
            ];
      await pending.add(tx, [...reply, ...comment]);
    },
  });
}

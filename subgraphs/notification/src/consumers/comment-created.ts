import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import { mentions } from '../modules/act/mention.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({
  commentId: z.uuid(),
  postId: z.uuid(),
  parentId: z.uuid().nullable(),
  authorId: z.uuid(),
  postAuthorId: z.uuid(),
  parentAuthorId: z.uuid().nullable(),
  mentionedIds: z.array(z.uuid()).default([]),
});

/**
 * Somebody answered: the author of the post is told, and the author of the comment that was answered. Whom it
 * mentions is told too. One who is more than one of these is told once, in this order: reply, comment, mention.
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
      const told = new Set([...reply, ...comment].map(({ recipientId }) => recipientId));
      const text = { ...data, id: data.commentId, writtenAt: act.occurredAt };
      await pending.add(tx, [...reply, ...comment, ...mentions('COMMENT', text, told)]);
    },
  });
}

import type { ReceivedEvent } from '@community/events/event';
import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { Act } from '../modules/act/act.ts';
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

/** What a comment means for inboxes. */
function actsOf({ data, time }: ReceivedEvent<z.output<typeof schema>>): Act[] {
  const act = { reason: null, actorId: data.authorId, sourceId: data.commentId, occurredAt: new Date(time) };
  const reply: Act[] =
    data.parentId && data.parentAuthorId
      ? [{ ...act, recipientId: data.parentAuthorId, kind: 'REPLY', targetType: 'COMMENT', targetId: data.parentId }]
      : [];
  const comment: Act[] =
    data.postAuthorId === data.parentAuthorId
      ? []
      : [{ ...act, recipientId: data.postAuthorId, kind: 'COMMENT', targetType: 'POST', targetId: data.postId }];
  const told = new Set([...reply, ...comment].map(({ recipientId }) => recipientId));
  const text = { ...data, id: data.commentId, writtenAt: act.occurredAt };
  return [...reply, ...comment, ...mentions('COMMENT', text, told)];
}

/**
 * Somebody answered: the author of the post is told, and the author of the comment that was answered. Whom it
 * mentions is told too. One who is more than one of these is told once, in this order: reply, comment, mention.
 */
export function commentCreated(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll: (tx, events) => pending.add(tx, events.flatMap(actsOf)),
  });
}

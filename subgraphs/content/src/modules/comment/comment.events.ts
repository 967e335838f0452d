import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const facts = z.object({ commentId: z.uuid(), postId: z.uuid(), parentId: z.uuid().nullable(), authorId: z.uuid() });

/** What this domain tells of comments; with whose words they answer, for those who must be told. */
export const commentEvents = defineEvents('content', {
  'comment.created': {
    version: 1,
    aggregate: 'comment',
    payload: facts.extend({
      postAuthorId: z.uuid(),
      parentAuthorId: z.uuid().nullable(),
      mentionedIds: z.array(z.uuid()).optional(),
    }),
  },
  'comment.edited': { version: 1, aggregate: 'comment', payload: facts },
  'comment.deleted': {
    version: 1,
    aggregate: 'comment',
    payload: facts.extend({ by: z.enum(['author', 'moderator']) }),
  },
  'comment.snapshot': {
    version: 1,
    aggregate: 'comment',
    payload: facts.extend({ visibility: z.enum(['PUBLIC', 'HIDDEN', 'DELETED']), createdAt: z.iso.datetime() }),
  },
});

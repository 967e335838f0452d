import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const facts = z.object({ postId: z.uuid(), boardId: z.uuid(), authorId: z.uuid() });

/** What this domain tells of posts. Words are not in a log: who needs them asks the graph. */
export const postEvents = defineEvents('content', {
  'post.published': {
    version: 1,
    aggregate: 'post',
    payload: facts.extend({ language: z.string(), mentionedIds: z.array(z.uuid()).optional() }),
  },
  'post.edited': { version: 1, aggregate: 'post', payload: facts },
  'post.deleted': { version: 1, aggregate: 'post', payload: facts.extend({ by: z.enum(['author', 'moderator']) }) },
  /** Moderators put it at the top of its board or locked it, or no longer. */
  'post.arranged': {
    version: 1,
    aggregate: 'post',
    payload: facts.extend({ act: z.enum(['pin', 'unpin', 'lock', 'unlock']) }),
  },
  'post.snapshot': {
    version: 1,
    aggregate: 'post',
    payload: facts.extend({
      language: z.string(),
      visibility: z.enum(['PUBLIC', 'HIDDEN', 'DELETED']),
      createdAt: z.iso.datetime(),
    }),
  },
});

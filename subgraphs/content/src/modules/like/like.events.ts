import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const ofPost = z.object({ postId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });
const ofComment = z.object({ commentId: z.uuid(), authorId: z.uuid(), memberId: z.uuid() });

/** What this domain tells of likes; the aggregate is what is liked. */
export const likeEvents = defineEvents('content', {
  'post.liked': { version: 1, aggregate: 'post', payload: ofPost },
  'post.unliked': { version: 1, aggregate: 'post', payload: ofPost },
  'comment.liked': { version: 1, aggregate: 'comment', payload: ofComment },
  'comment.unliked': { version: 1, aggregate: 'comment', payload: ofComment },
});

import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const facts = z.object({
  caseId: z.uuid(),
  kind: z.enum(['POST', 'COMMENT']),
  thingId: z.uuid(),
  authorId: z.uuid(),
});

/** What this domain tells of moderation. What a reporter wrote is for moderators, who ask the graph. */
export const moderationEvents = defineEvents('content', {
  'content.reported': {
    version: 1,
    aggregate: 'moderation_case',
    payload: facts.extend({
      reporterId: z.uuid(),
      reason: z.enum(['SPAM', 'HARASSMENT', 'HATE', 'VIOLENCE', 'SEXUAL', 'PRIVACY', 'OTHER']),
    }),
  },
  'content.case_decided': {
    version: 1,
    aggregate: 'moderation_case',
    payload: facts.extend({ decision: z.enum(['RESOLVED', 'DISMISSED']) }),
  },
});

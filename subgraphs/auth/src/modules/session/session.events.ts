import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

/** What this domain tells of sessions; every subgraph refuses the tokens of one that was revoked. */
export const sessionEvents = defineEvents('auth', {
  'session.revoked': {
    version: 1,
    aggregate: 'session',
    payload: z.object({
      sessionId: z.uuid(),
      accountId: z.uuid(),
      reason: z.enum(['SIGNED_OUT', 'REVOKED', 'TOKEN_REUSED']),
    }),
  },
});

import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const payload = z.object({ blockerId: z.uuid(), blockedId: z.uuid() });

/** What this domain tells of blocks; the aggregate is the member who blocks. */
export const blockEvents = defineEvents('user', {
  'user.blocked': { version: 1, aggregate: 'user', payload },
  'user.unblocked': { version: 1, aggregate: 'user', payload },
});

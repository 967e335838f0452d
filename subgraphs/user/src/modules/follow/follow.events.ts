import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const payload = z.object({ followerId: z.uuid(), followeeId: z.uuid() });

/** What this domain tells of follows; the aggregate is the member who follows. */
export const followEvents = defineEvents('user', {
  'user.followed': { version: 1, aggregate: 'user', payload },
  'user.unfollowed': { version: 1, aggregate: 'user', payload },
});

import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const payload = z.object({ followerId: z.uuid(), followeeId: z.uuid() });

/** What this domain tells of requests to follow private members; the aggregate is the member who asks. */
export const followRequestEvents = defineEvents('user', {
  'user.follow_requested': { version: 1, aggregate: 'user', payload },
  /** Accepted (then `user.followed` comes with it), declined, or taken back. */
  'user.follow_request_ended': {
    version: 1,
    aggregate: 'user',
    payload: payload.extend({ outcome: z.enum(['ACCEPTED', 'DECLINED', 'CANCELLED']) }),
  },
});

import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

/** What this domain tells of who may see a member. */
export const privacyEvents = defineEvents('user', {
  /** From now on her followers alone see what she shows and writes, or everybody does. Who follows her stays so. */
  'user.privacy_changed': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid(), private: z.boolean() }),
  },
});

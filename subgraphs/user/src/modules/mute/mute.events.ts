import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const payload = z.object({ muterId: z.uuid(), mutedId: z.uuid() });

/** What this domain tells of mutes; the aggregate is the member who mutes. */
export const muteEvents = defineEvents('user', {
  'user.muted': { version: 1, aggregate: 'user', payload },
  'user.unmuted': { version: 1, aggregate: 'user', payload },
});

import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const facts = z.object({ accountId: z.uuid(), sagaId: z.uuid() });

/** What this domain tells of welcome mails, to the sign-up that asked for one. The aggregate is that sign-up's saga. */
export const welcomeEvents = defineEvents('notification', {
  'welcome.sent': { version: 1, aggregate: 'welcome', payload: facts },
  /** It will not be sent: there is no such address, or it was tried long enough. */
  'welcome.refused': {
    version: 1,
    aggregate: 'welcome',
    payload: facts.extend({ reason: z.enum(['NO_ADDRESS', 'ADDRESS_REFUSED', 'NOT_SENT']) }),
  },
});

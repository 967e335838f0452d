import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

/** What this domain tells of how members sign in, so that they are written to. */
export const passwordEvents = defineEvents('auth', {
  /** A mail with a link to a new password is due. */
  'account.password_reset_requested': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), resetId: z.uuid() }),
  },
  /** Something changed in how she signs in; she is told by mail. `change` is a code, of which there will be more. */
  'account.security_changed': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), change: z.string() }),
  },
});

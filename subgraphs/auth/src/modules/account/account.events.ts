import { defineEvents } from '@community/events/contract';
import { ROLES } from '@community/kit/member';
import { z } from 'zod';

/** What this domain tells of accounts. No e-mail address is ever in here: a log cannot forget. */
export const accountEvents = defineEvents('auth', {
  /** Somebody signed up; her handle was reserved at user before. */
  'account.created': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), handle: z.string(), language: z.string() }),
  },
  'account.roles_changed': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), roles: z.array(z.enum(ROLES)) }),
  },
  /** All that other domains need to know of an account, for projections that are built anew. */
  'account.snapshot': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), roles: z.array(z.enum(ROLES)), createdAt: z.iso.datetime() }),
  },
});

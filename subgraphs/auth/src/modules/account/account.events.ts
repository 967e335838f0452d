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
  /** The sign-up goes on: user has not said yet that the profile is there, and is asked again. */
  'account.profile_requested': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), sagaId: z.uuid(), handle: z.string(), language: z.string() }),
  },
  /** The sign-up goes on: a welcome mail is due. It may be asked for again; one `sagaId` is one mail. */
  'welcome.requested': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), sagaId: z.uuid(), language: z.string() }),
  },
  /** A mail with a link is due, by which she shows that the address is hers. */
  'account.email_verification_requested': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), verificationId: z.uuid() }),
  },
  'account.email_verified': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid() }),
  },
  /** Nobody signs in to it any more; `reason` is a code. What was kept for it is free. */
  'account.closed': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), reason: z.string() }),
  },
  /** The account is gone, the last of what was held of its member. */
  'account.erased': { version: 1, aggregate: 'account', payload: z.object({ accountId: z.uuid() }) },
  'account.roles_changed': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), roles: z.array(z.enum(ROLES)) }),
  },
  /** Nobody signs in to it, and its sessions have ended; until somebody ends that when `until` is null. */
  'account.suspended': {
    version: 1,
    aggregate: 'account',
    payload: z.object({ accountId: z.uuid(), until: z.iso.datetime().nullable() }),
  },
  /** The suspension is over. */
  'account.reinstated': { version: 1, aggregate: 'account', payload: z.object({ accountId: z.uuid() }) },
  /** All that other domains need to know of an account, for projections that are built anew. */
  'account.snapshot': {
    version: 1,
    aggregate: 'account',
    payload: z.object({
      accountId: z.uuid(),
      roles: z.array(z.enum(ROLES)),
      createdAt: z.iso.datetime(),
      /** Whether `account.suspended` was told of it last, and not `account.reinstated`. */
      suspended: z.boolean().optional(),
    }),
  },
});

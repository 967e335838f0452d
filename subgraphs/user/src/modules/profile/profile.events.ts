import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

/** What this domain tells of a member's profile. Handles are public; nothing else that describes a person is in here. */
export const profileEvents = defineEvents('user', {
  'user.created': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid(), handle: z.string(), language: z.string() }),
  },
  /** The profile of an account is there, to whoever asked again. */
  'user.confirmed': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid() }),
  },
  /** An account cannot have the profile that it was made for; `reason` is a code such as `HANDLE_TAKEN`. */
  'user.refused': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid(), reason: z.string() }),
  },
  'user.profile_changed': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid(), handle: z.string(), language: z.string() }),
  },
  /** She was erased, with her handle, follows and blocks. */
  'user.erased': { version: 1, aggregate: 'user', payload: z.object({ userId: z.uuid() }) },
  /** These followed somebody who was erased, or she followed them, and they are counted anew: caches forget them. */
  'user.follows_erased': {
    version: 1,
    aggregate: 'user',
    payload: z.object({ userId: z.uuid(), memberIds: z.array(z.uuid()) }),
  },
  /** All that other domains need to know of a member, for projections that are built anew. */
  'user.snapshot': {
    version: 1,
    aggregate: 'user',
    payload: z.object({
      userId: z.uuid(),
      handle: z.string(),
      language: z.string(),
      createdAt: z.iso.datetime(),
      blockedIds: z.array(z.uuid()),
      mutedIds: z.array(z.uuid()).optional(),
      followedIds: z.array(z.uuid()).optional(),
      private: z.boolean().optional(),
    }),
  },
});

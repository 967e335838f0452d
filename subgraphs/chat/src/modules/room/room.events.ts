import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const ROLES = ['OWNER', 'MODERATOR', 'MEMBER'] as const;
const LEVELS = ['ALL', 'MENTIONS', 'NONE'] as const;
const KINDS = ['DIRECT', 'GROUP'] as const;
const ofMember = z.object({ roomId: z.uuid(), memberId: z.uuid() });

/**
 * What this domain tells of rooms. Every event of a room, those of its messages too, counts in one version, so who
 * follows them in order knows at each message who was a member and how she wants to be notified.
 */
export const roomEvents = defineEvents('chat', {
  /** Its first members join by `room.member_joined`. */
  'room.created': {
    version: 1,
    aggregate: 'room',
    payload: z.object({ roomId: z.uuid(), kind: z.enum(KINDS), createdBy: z.uuid() }),
  },
  'room.invited': { version: 1, aggregate: 'room', payload: ofMember.extend({ invitedBy: z.uuid() }) },
  'room.member_joined': {
    version: 1,
    aggregate: 'room',
    payload: ofMember.extend({ kind: z.enum(KINDS), role: z.enum(ROLES), level: z.enum(LEVELS) }),
  },
  'room.member_left': {
    version: 1,
    aggregate: 'room',
    payload: ofMember.extend({ reason: z.enum(['LEFT', 'REMOVED']) }),
  },
  'room.level_changed': { version: 1, aggregate: 'room', payload: ofMember.extend({ level: z.enum(LEVELS) }) },
  /** All that other domains need to know of a room, for projections that are built anew. */
  'room.snapshot': {
    version: 1,
    aggregate: 'room',
    payload: z.object({
      roomId: z.uuid(),
      kind: z.enum(KINDS),
      messageNumber: z.number().int(),
      members: z.array(
        z.object({
          memberId: z.uuid(),
          role: z.enum(ROLES),
          level: z.enum(LEVELS),
          readNumber: z.number().int(),
        }),
      ),
    }),
  },
});

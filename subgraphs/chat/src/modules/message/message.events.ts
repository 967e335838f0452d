import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const facts = z.object({
  roomId: z.uuid(),
  messageId: z.uuid(),
  number: z.number().int(),
  senderId: z.uuid(),
});

/** What this domain tells of messages. Words are not in a log. The aggregate is the room (see `roomEvents`). */
export const messageEvents = defineEvents('chat', {
  /** Its sender has read the room up to it. Whom to notify is known from the events of the room's members. */
  'message.sent': {
    version: 1,
    aggregate: 'room',
    payload: facts.extend({
      roomKind: z.enum(['DIRECT', 'GROUP']),
      mentionedIds: z.array(z.uuid()),
      replyToSenderId: z.uuid().nullable(),
    }),
  },
  'message.deleted': {
    version: 1,
    aggregate: 'room',
    payload: facts.extend({ by: z.enum(['sender', 'moderator']) }),
  },
});

/** What this domain tells of read marks, once in a while. The aggregate is one member in one room. */
export const readEvents = defineEvents('chat', {
  'message.read': {
    version: 1,
    aggregate: 'read_mark',
    payload: z.object({ roomId: z.uuid(), memberId: z.uuid(), number: z.number().int() }),
  },
});

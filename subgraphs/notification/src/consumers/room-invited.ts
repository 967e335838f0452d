import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ roomId: z.uuid(), memberId: z.uuid(), invitedBy: z.uuid() });

/** A member is invited into a room: she is told. */
export function roomInvited(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data: { roomId, memberId, invitedBy }, time }) =>
      pending.add(tx, [
        {
          recipientId: memberId,
          kind: 'MESSAGE',
          reason: 'INVITED',
          targetType: 'ROOM',
          targetId: roomId,
          actorId: invitedBy,
          // Beside the messages of who invited: of an invitation nothing is left once it is answered.
          sourceId: roomId,
          occurredAt: new Date(time),
        },
      ]),
  });
}

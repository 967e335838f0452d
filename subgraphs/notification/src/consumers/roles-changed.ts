import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** A member's roles were changed: she is told. */
export function rolesChanged(pending: PendingStore) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { id, data: { accountId }, time }) =>
      pending.add(tx, [
        {
          recipientId: accountId,
          kind: 'SYSTEM',
          reason: 'ROLES_CHANGED',
          targetType: 'USER',
          targetId: accountId,
          actorId: null,
          sourceId: id,
          occurredAt: new Date(time),
        },
      ]),
  });
}

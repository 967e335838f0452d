import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { PushStore } from '../modules/push/push.store.ts';

const schema = z.object({ accountId: z.uuid() });

/** An account was suspended: its member is told, by mail where she cannot look, and her devices hear nothing any more. */
export function accountSuspended({ pending, devices }: { pending: PendingStore; devices: PushStore }) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    async handle(tx, { id, data: { accountId }, time }) {
      await devices.removeOfMember(tx, accountId);
      await pending.add(tx, [
        {
          recipientId: accountId,
          kind: 'MODERATION',
          reason: 'SUSPENDED',
          targetType: 'USER',
          targetId: accountId,
          actorId: null,
          sourceId: id,
          occurredAt: new Date(time),
        },
      ]);
    },
  });
}

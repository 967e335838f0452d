import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ followerId: z.uuid(), followeeId: z.uuid() });

/** Somebody follows a member, or no longer does: she is told. */
export function userFollowed(pending: PendingStore, followed: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle(tx, { data: { followerId, followeeId }, time }) {
      const act = {
        recipientId: followeeId,
        kind: 'FOLLOW' as const,
        targetId: followeeId,
        sourceId: followerId,
      };
      const occurredAt = new Date(time);
      return followed
        ? pending.add(tx, [{ ...act, targetType: 'USER', reason: null, actorId: followerId, occurredAt }])
        : pending.remove(tx, act, occurredAt);
    },
  });
}

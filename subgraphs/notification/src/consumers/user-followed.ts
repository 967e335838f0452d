import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';

const schema = z.object({ followerId: z.uuid(), followeeId: z.uuid() });

/** Members follow others, or no longer do: these are told. */
export function userFollowed(pending: PendingStore, followed: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handleAll(tx, events) {
      const acts = events.map(({ data: { followerId, followeeId }, time }) => ({
        recipientId: followeeId,
        kind: 'FOLLOW' as const,
        targetId: followeeId,
        sourceId: followerId,
        occurredAt: new Date(time),
      }));
      return followed
        ? pending.add(
            tx,
            acts.map((act) => ({ ...act, targetType: 'USER', reason: null, actorId: act.sourceId })),
          )
        : pending.remove(tx, acts);
    },
  });
}

import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { MuteStore } from '../modules/mute/mute.store.ts';

const schema = z.object({ muterId: z.uuid(), mutedId: z.uuid() });

/** A member mutes another, or no longer does: what that one did is hidden from her inbox, or shown again. */
export function userMuted({ mutes, pending }: { mutes: MuteStore; pending: PendingStore }, muted: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    async handle(tx, { data: { muterId, mutedId }, time }) {
      await (muted ? mutes.add(tx, muterId, mutedId) : mutes.remove(tx, muterId, mutedId));
      await pending.review(tx, [[muterId, mutedId]], new Date(time));
    },
  });
}

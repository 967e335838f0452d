import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { MuteStore } from '../modules/mute/mute.store.ts';

const schema = z.object({ muterId: z.uuid(), mutedId: z.uuid() });

/** A member mutes another, or no longer does: what that one writes is not in her feeds, or is again. */
export function userMuted(mutes: MuteStore, muted: boolean) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'state',
    handle: (tx, { data: { muterId, mutedId } }) =>
      muted ? mutes.add(tx, muterId, mutedId) : mutes.remove(tx, muterId, mutedId),
  });
}

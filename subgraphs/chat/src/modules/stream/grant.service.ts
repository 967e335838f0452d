import { randomBytes } from 'node:crypto';
import type { Logger } from '@community/kit/log';
import type { GrantStore } from './grant.store.ts';
import { createGrants, type Grant, TERM_MS, termEnd } from './grant.ts';

export type GrantService = Awaited<ReturnType<typeof createGrantService>>;

const KEY_BYTES = 32;
const SWEEP_MS = 60_000;

/** A grant as its holder gets it. */
export interface GivenGrant {
  readonly grant: string;
  readonly expiresAt: Date;
}

export async function createGrantService({ store, log }: { store: GrantStore; log: Logger }) {
  const grants = createGrants(await store.key(randomBytes(KEY_BYTES)));
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = store.sweep().catch((error: unknown) => log.warn({ err: error }, 'old grants could not be forgotten'));
  }, SWEEP_MS);
  timer.unref();

  return {
    /** Gives a member grants of rooms; null for a room that she is not in. */
    async give(member: { id: string; sessionId: string }, roomIds: readonly string[]): Promise<(GivenGrant | null)[]> {
      const now = Date.now();
      const bases = await store.give(member, roomIds, new Date(now + 2 * TERM_MS));
      const byRoom = new Map(bases.map((basis) => [basis.roomId, basis]));
      return roomIds.map((roomId) => {
        const basis = byRoom.get(roomId);
        if (!basis) return null;
        const holder = basis.alone ? { memberId: member.id } : { cohort: basis.cohort };
        const expiresAt = termEnd(roomId, holder, now);
        const epoch = basis.alone ? basis.ownEpoch : basis.cohortEpoch;
        return { grant: grants.write({ roomId, holder, epoch, expiresAt }), expiresAt: new Date(expiresAt) };
      });
    },

    /** What a grant says; null for one that is forged, malformed or over. Whether its epoch still holds is the hub's to ask. */
    read: (grant: string): Grant | null => grants.read(grant, Date.now()),

    async stop(): Promise<void> {
      clearInterval(timer);
      await sweeping;
    },
  };
}

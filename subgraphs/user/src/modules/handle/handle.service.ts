import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { type Invalid, invalid } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { profileEvents } from '../profile/profile.events.ts';
import { checkProfile } from '../profile/profile.policy.ts';
import type { ProfileStore } from '../profile/profile.store.ts';
import { checkHandle, normaliseHandle } from './handle.policy.ts';
import type { HandleStore, Reservation } from './handle.store.ts';

export type HandleService = ReturnType<typeof createHandleService>;

/** How long a handle is kept for a sign-up that was not completed. */
const RESERVED_MS = 15 * 60_000;

export function createHandleService({
  transactions,
  handles,
  profiles,
}: {
  transactions: Transactions<Tx>;
  handles: HandleStore;
  profiles: ProfileStore;
}) {
  return {
    /** Keeps a handle for a sign-up; the same call again has the same answer. */
    async reserve(request: Reservation): Promise<'RESERVED' | 'TAKEN' | Invalid> {
      const reservation = {
        ...request,
        handle: normaliseHandle(request.handle),
        displayName: request.displayName.normalize('NFC').trim(),
      };
      const fault = checkHandle(reservation.handle) ?? checkProfile(reservation);
      if (fault) return fault;
      return transactions.run(async (tx) =>
        (await handles.reserve(tx, reservation, new Date(Date.now() + RESERVED_MS))) ? 'RESERVED' : 'TAKEN',
      );
    },

    /**
     * Makes the profile of an account that was created, in the transaction of the event that says so. Should the
     * reservation have run out and the handle be gone, the member gets one made of her id, and can change it.
     */
    async confirm(tx: Tx, account: { id: string; handle: string; language: string }): Promise<void> {
      if (!(await handles.exists(tx, account.id))) {
        const until = new Date(Date.now() + RESERVED_MS);
        const fallback = `member_${account.id.replaceAll('-', '').slice(-20)}`;
        const wanted = {
          memberId: account.id,
          handle: account.handle,
          displayName: account.handle,
          language: account.language,
        };
        if (!(await handles.reserve(tx, wanted, until)))
          await handles.reserve(tx, { ...wanted, handle: fallback }, until);
      }
      if (!(await handles.confirm(tx, account.id))) return;
      const profile = await profiles.byId(tx, account.id);
      if (!profile) throw new Error(`the profile of ${account.id} is gone in its own transaction`);
      await emit(transactions.sql(tx), profileEvents, {
        type: 'user.created',
        aggregateId: profile.id,
        aggregateVersion: await profiles.nextEventVersion(tx, profile.id),
        actorId: profile.id,
        payload: { userId: profile.id, handle: profile.handle, language: profile.language },
      });
    },
  };
}

/** Reads the body of `POST /internal/handles/reserve`. */
export function readReservation(body: unknown): Reservation | Invalid {
  const given = (body ?? {}) as Record<string, unknown>;
  for (const field of ['memberId', 'handle', 'displayName', 'language'] as const) {
    if (typeof given[field] !== 'string') return invalid(`${field} must be a string.`, [field]);
  }
  return given as unknown as Reservation;
}

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
  /** There is no profile, and so no other event of this member. */
  const refuse = (tx: Tx, userId: string, reason: string) =>
    emit(transactions.sql(tx), profileEvents, {
      type: 'user.refused',
      aggregateId: userId,
      aggregateVersion: 1,
      payload: { userId, reason },
    });

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
     * Makes the profile of an account that was created, in the transaction of the event that says so, and answers by an
     * event. Should the reservation have run out and somebody else have the handle, the profile is refused for good.
     * @param again the account asks again, as it knows of no answer; one that was given is given again
     */
    async confirm(
      tx: Tx,
      account: { id: string; handle: string; language: string },
      { again = false }: { again?: boolean } = {},
    ): Promise<void> {
      const { id, handle, language } = account;
      if (!(await handles.exists(tx, id))) {
        const until = new Date(Date.now() + RESERVED_MS);
        if (!(await handles.reserve(tx, { memberId: id, handle, displayName: handle, language }, until)))
          return refuse(tx, id, 'HANDLE_TAKEN');
      }
      const confirmed = await handles.confirm(tx, id);
      if (!confirmed && !again) return;
      const profile = await profiles.byId(tx, id);
      if (!profile) throw new Error(`the profile of ${id} is gone in its own transaction`);
      const event = {
        aggregateId: id,
        aggregateVersion: await profiles.nextEventVersion(tx, id),
        actorId: id,
      };
      await emit(
        transactions.sql(tx),
        profileEvents,
        confirmed
          ? {
              ...event,
              type: 'user.created',
              payload: { userId: id, handle: profile.handle, language: profile.language },
            }
          : { ...event, type: 'user.confirmed', payload: { userId: id } },
      );
    },

    /** Frees what is kept for an account that will not come. */
    release: (tx: Tx, accountId: string) => handles.release(tx, accountId),
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

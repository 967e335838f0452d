import { createHash } from 'node:crypto';
import { gramsOf } from '@community/kit/words';
import type { Tx } from '../../database.ts';

export type HandleStore = ReturnType<typeof createHandleStore>;

export interface Reservation {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly language: string;
}

const hashOf = (handle: string) => new Uint8Array(createHash('sha256').update(handle).digest());

export function createHandleStore() {
  return {
    /** Keeps a handle for a member until the given time. @returns whether this member has it now */
    async reserve(tx: Tx, reservation: Reservation, until: Date): Promise<boolean> {
      const retired = await tx.retiredHandle.count({
        where: { hash: hashOf(reservation.handle), until: { gt: new Date() } },
      });
      if (retired > 0) return false;
      await tx.profile.deleteMany({
        where: { handle: reservation.handle, status: 'RESERVED', reservedUntil: { lt: new Date() } },
      });
      await tx.profile.createMany({
        data: [
          {
            id: reservation.memberId,
            handle: reservation.handle,
            displayName: reservation.displayName,
            language: reservation.language,
            grams: gramsOf(`${reservation.handle} ${reservation.displayName}`),
            reservedUntil: until,
          },
        ],
        skipDuplicates: true,
      });
      const holder = await tx.profile.findUnique({ where: { id: reservation.memberId }, select: { handle: true } });
      return holder?.handle === reservation.handle;
    },

    /** Keeps a handle from everybody until a time. */
    async retire(tx: Tx, handle: string, until: Date): Promise<void> {
      await tx.retiredHandle.createMany({ data: [{ hash: hashOf(handle), until }], skipDuplicates: true });
    },

    /** Makes a reserved profile a real one. @returns whether it was reserved until now */
    async confirm(tx: Tx, memberId: string): Promise<boolean> {
      const { count } = await tx.profile.updateMany({
        where: { id: memberId, status: 'RESERVED' },
        data: { status: 'ACTIVE', reservedUntil: null },
      });
      return count === 1;
    },

    /** Removes a profile that was never confirmed. */
    async release(tx: Tx, memberId: string): Promise<void> {
      await tx.profile.deleteMany({ where: { id: memberId, status: 'RESERVED' } });
    },

    async exists(tx: Tx, memberId: string): Promise<boolean> {
      return (await tx.profile.count({ where: { id: memberId } })) > 0;
    },
  };
}

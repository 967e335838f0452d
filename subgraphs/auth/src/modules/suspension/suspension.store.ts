import type { Db, Tx } from '../../database.ts';
import type { Suspension } from './suspension.ts';

export type SuspensionStore = ReturnType<typeof createSuspensionStore>;

const NONE = { suspendedAt: null, suspendedUntil: null, suspendedFor: null };
const COUNTED = { eventVersion: { increment: 1 } } as const;

export function createSuspensionStore(prisma: Db) {
  return {
    async of(accountId: string): Promise<Suspension | null> {
      const row = await prisma.account.findUnique({ where: { id: accountId } });
      if (!row?.suspendedAt) return null;
      return { since: row.suspendedAt, until: row.suspendedUntil, reason: row.suspendedFor ?? '' };
    },

    /** Suspends an account, or changes its suspension. @returns the number of the account's next event */
    async begin(tx: Tx, accountId: string, { since, until, reason }: Suspension): Promise<number> {
      const { eventVersion } = await tx.account.update({
        where: { id: accountId },
        data: { suspendedAt: since, suspendedUntil: until, suspendedFor: reason, ...COUNTED },
        select: { eventVersion: true },
      });
      return eventVersion;
    },

    /**
     * Ends a suspension.
     * @param until only the one that ends then
     * @returns the number of the account's next event; null when there is no such suspension
     */
    async end(tx: Tx, accountId: string, until?: Date): Promise<number | null> {
      const [row] = await tx.account.updateManyAndReturn({
        where: { id: accountId, suspendedAt: { not: null }, suspendedUntil: until },
        data: { ...NONE, ...COUNTED },
        select: { eventVersion: true },
      });
      return row?.eventVersion ?? null;
    },
  };
}

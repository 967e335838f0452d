import type { Tx } from '../../database.ts';

export type SuspensionStore = ReturnType<typeof createSuspensionStore>;

/** Whose posts and comments nobody sees for a time, as auth has told. */
export function createSuspensionStore() {
  return {
    async set(tx: Tx, memberId: string, isSuspended: boolean): Promise<void> {
      if (isSuspended) await tx.suspendedMember.createMany({ data: [{ memberId }], skipDuplicates: true });
      else await tx.suspendedMember.deleteMany({ where: { memberId } });
    },
  };
}

import type { Tx } from '../../database.ts';

export type PrivacyStore = ReturnType<typeof createPrivacyStore>;

/** Whose posts and comments their followers alone may see, as user has told. */
export function createPrivacyStore() {
  return {
    async set(tx: Tx, memberId: string, isPrivate: boolean): Promise<void> {
      if (isPrivate) await tx.privateMember.createMany({ data: [{ memberId }], skipDuplicates: true });
      else await tx.privateMember.deleteMany({ where: { memberId } });
    },
  };
}

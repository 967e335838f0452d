import type { Db, Tx } from '../../database.ts';

export type PasswordResetStore = ReturnType<typeof createPasswordResetStore>;

export function createPasswordResetStore(prisma: Db) {
  return {
    async add(tx: Tx, reset: { id: string; accountId: string; requestedAt: Date }): Promise<void> {
      await tx.passwordReset.createMany({ data: [reset] });
    },

    /** Whose request it is, if it was made after a time and nothing has settled it since. */
    async accountOf(id: string, since: Date): Promise<string | null> {
      const found = await prisma.passwordReset.findFirst({ where: { id, requestedAt: { gt: since } } });
      return found?.accountId ?? null;
    },

    async forgetOf(tx: Tx, accountId: string): Promise<void> {
      await tx.passwordReset.deleteMany({ where: { accountId } });
    },

    async forget(before: Date): Promise<void> {
      await prisma.passwordReset.deleteMany({ where: { requestedAt: { lt: before } } });
    },
  };
}

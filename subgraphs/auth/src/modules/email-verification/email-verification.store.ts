import type { Db, Tx } from '../../database.ts';

export type EmailVerificationStore = ReturnType<typeof createEmailVerificationStore>;

export function createEmailVerificationStore(prisma: Db) {
  return {
    async add(tx: Tx, verification: { id: string; accountId: string; requestedAt: Date }): Promise<void> {
      await tx.emailVerification.createMany({ data: [verification] });
    },

    /** When an account last asked; null when it never did. */
    async lastOf(tx: Tx, accountId: string): Promise<Date | null> {
      const last = await tx.emailVerification.findFirst({
        where: { accountId },
        orderBy: { requestedAt: 'desc' },
        select: { requestedAt: true },
      });
      return last?.requestedAt ?? null;
    },

    /** Keeps the hash of a token for a request. @returns whether there is such a request */
    async addToken(id: string, hash: Uint8Array<ArrayBuffer>, expiresAt: Date): Promise<boolean> {
      const found = await prisma.emailVerification.findUnique({ where: { id }, select: { id: true } });
      if (!found) return false;
      await prisma.emailVerificationToken.createMany({ data: [{ hash, verificationId: id, expiresAt }] });
      return true;
    },

    /** Whose address a token shows to be hers, if it has not expired; all her requests and tokens are used up by it. */
    async use(tx: Tx, hash: Uint8Array<ArrayBuffer>, now: Date): Promise<string | null> {
      const found = await tx.emailVerificationToken.findUnique({
        where: { hash, expiresAt: { gt: now } },
        select: { verification: { select: { accountId: true } } },
      });
      if (!found) return null;
      const { accountId } = found.verification;
      await tx.emailVerification.deleteMany({ where: { accountId } });
      return accountId;
    },

    /** Forgets requests that were made before a time, with their tokens. */
    async forget(before: Date): Promise<void> {
      await prisma.emailVerification.deleteMany({ where: { requestedAt: { lt: before } } });
    },
  };
}

import type { Db, Tx } from '../../database.ts';

export type TotpStore = ReturnType<typeof createTotpStore>;

/** The second factor of an account; it counts once it was confirmed. */
export interface Totp {
  readonly encryptedSecret: Uint8Array;
  readonly confirmedAt: Date | null;
}

export function createTotpStore(prisma: Db) {
  return {
    async of(accountId: string, db: Db | Tx = prisma): Promise<Totp | null> {
      return db.totp.findUnique({
        where: { accountId },
        select: { encryptedSecret: true, confirmedAt: true },
      });
    },

    /** Keeps a secret that has still to be confirmed, in the place of one that was not. */
    async propose(tx: Tx, accountId: string, encryptedSecret: Uint8Array<ArrayBuffer>): Promise<void> {
      await tx.totp.deleteMany({ where: { accountId, confirmedAt: null } });
      await tx.totp.createMany({ data: [{ accountId, encryptedSecret }] });
    },

    async confirm(tx: Tx, accountId: string, now: Date): Promise<void> {
      await tx.totp.updateMany({ where: { accountId }, data: { confirmedAt: now } });
    },

    /** Uses the code of a step up. @returns whether neither it nor a later one was used before */
    async useStep(tx: Tx, accountId: string, step: number): Promise<boolean> {
      const { count } = await tx.totp.updateMany({
        where: { accountId, lastStep: { lt: step } },
        data: { lastStep: step },
      });
      return count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, accountId: string): Promise<boolean> {
      await tx.recoveryCode.deleteMany({ where: { accountId } });
      return (await tx.totp.deleteMany({ where: { accountId } })).count > 0;
    },

    /** Puts new recovery codes in the place of all earlier ones. */
    async setRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
      await tx.recoveryCode.deleteMany({ where: { accountId } });
      await tx.recoveryCode.createMany({ data: hashes.map((hash) => ({ accountId, hash })) });
    },

    /** Uses a recovery code up. @returns whether it was there */
    async useRecoveryCode(tx: Tx, accountId: string, hash: Uint8Array<ArrayBuffer>): Promise<boolean> {
      return (await tx.recoveryCode.deleteMany({ where: { accountId, hash } })).count === 1;
    },

    async recoveryCodesLeft(accountId: string): Promise<number> {
      return prisma.recoveryCode.count({ where: { accountId } });
    },
  };
}

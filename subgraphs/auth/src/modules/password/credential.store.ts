import type { Db, Tx } from '../../database.ts';

export type CredentialStore = ReturnType<typeof createCredentialStore>;

/** The hash of an account's password. */
export interface FoundCredential {
  readonly accountId: string;
  readonly passwordHash: string;
}

export function createCredentialStore(prisma: Db) {
  return {
    /** The account of a (normalised) e-mail address with the hash of its password; one statement, found or not. */
    async byEmail(email: string): Promise<FoundCredential | null> {
      const [row] = await prisma.$queryRaw<{ account_id: string; password_hash: string }[]>`
        SELECT c.account_id, c.password_hash FROM account a JOIN credential c ON c.account_id = a.id
        WHERE a.email = ${email}`;
      return row ? { accountId: row.account_id, passwordHash: row.password_hash } : null;
    },

    /** The hash of an account's password; null where there is none. */
    async hashOf(accountId: string): Promise<string | null> {
      return (await prisma.credential.findUnique({ where: { accountId } }))?.passwordHash ?? null;
    },

    async add(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
      await tx.credential.createMany({ data: [{ accountId, passwordHash }] });
    },

    /** Makes this the password of an account, whether it had one or not. */
    async set(tx: Tx, accountId: string, passwordHash: string, changedAt: Date): Promise<void> {
      await tx.credential.upsert({
        where: { accountId },
        create: { accountId, passwordHash, changedAt },
        update: { passwordHash, changedAt },
      });
    },

    /** Puts a new hash of the same password in the place of an old one, unless the password was changed meanwhile. */
    async rehash(tx: Tx, accountId: string, oldHash: string, newHash: string): Promise<void> {
      await tx.credential.updateMany({ where: { accountId, passwordHash: oldHash }, data: { passwordHash: newHash } });
    },
  };
}

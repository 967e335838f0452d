import type { Role } from '@community/kit/member';
import type { Db, Tx } from '../../database.ts';
import type { Account } from '../account/account.ts';

export type CredentialStore = ReturnType<typeof createCredentialStore>;

export function createCredentialStore(prisma: Db) {
  return {
    /** The account of a (normalised) e-mail address with the hash of its password; one statement, found or not. */
    async byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null> {
      const [row] = await prisma.$queryRaw<
        { id: string; email: string; roles: Role[]; created_at: Date; password_hash: string }[]
      >`SELECT a.id, a.email, a.roles::text[] AS roles, a.created_at, c.password_hash
        FROM account a JOIN credential c ON c.account_id = a.id WHERE a.email = ${email}`;
      if (!row) return null;
      const account = { id: row.id, email: row.email, roles: row.roles, createdAt: row.created_at };
      return { account, passwordHash: row.password_hash };
    },

    async add(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
      await tx.credential.createMany({ data: [{ accountId, passwordHash }] });
    },

    /** Puts a new hash of the same password in the place of an old one, unless the password was changed meanwhile. */
    async rehash(tx: Tx, accountId: string, oldHash: string, newHash: string): Promise<void> {
      await tx.credential.updateMany({ where: { accountId, passwordHash: oldHash }, data: { passwordHash: newHash } });
    },
  };
}

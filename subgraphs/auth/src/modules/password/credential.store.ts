import type { Role } from '@community/kit/member';
import type { Db, Tx } from '../../database.ts';
import type { Account } from '../account/account.ts';

export type CredentialStore = ReturnType<typeof createCredentialStore>;

interface Row {
  id: string;
  email: string;
  roles: Role[];
  created_at: Date;
  email_verified_at: Date | null;
  closed_for: string | null;
  password_hash: string;
}

/** An account with the hash of its password. */
export interface FoundCredential {
  readonly account: Account;
  readonly passwordHash: string;
  /** Why nobody signs in to it any more; null when it is open. */
  readonly closedFor: string | null;
}

export function createCredentialStore(prisma: Db) {
  return {
    /** The account of a (normalised) e-mail address with the hash of its password; one statement, found or not. */
    async byEmail(email: string): Promise<FoundCredential | null> {
      const [row] = await prisma.$queryRaw<Row[]>`
        SELECT a.id, a.email, a.roles::text[] AS roles, a.created_at, a.email_verified_at, a.closed_for, c.password_hash
        FROM account a JOIN credential c ON c.account_id = a.id WHERE a.email = ${email}`;
      if (!row) return null;
      const { id, email: address, roles, created_at: createdAt, email_verified_at: emailVerifiedAt } = row;
      const account = { id, email: address, roles, createdAt, emailVerifiedAt };
      return { account, passwordHash: row.password_hash, closedFor: row.closed_for };
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

import { inOrder } from '@community/kit/loader';
import type { Role } from '@community/kit/member';
import type { Db, Tx } from '../../database.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { type Account, type AccountStanding, type Contact, SIGN_UP_FAILED } from './account.ts';

export type AccountStore = ReturnType<typeof createAccountStore>;

const FIELDS = { id: true, email: true, roles: true, createdAt: true, emailVerifiedAt: true } as const;
const FAILED = { closedFor: { startsWith: SIGN_UP_FAILED } } as const;

/** Changes of roles wait for each other, so that two administrators cannot each drop the other as the last one. */
const ROLES_LOCK = 4_110_101;

/** Changes an account and counts an event of it. @returns the event's number; null when no account is like that */
async function increment(
  tx: Tx,
  where: Prisma.AccountWhereInput & { id: string },
  data: Prisma.AccountUpdateManyMutationInput,
): Promise<number | null> {
  const [row] = await tx.account.updateManyAndReturn({
    where,
    data: { ...data, eventVersion: { increment: 1 } },
    select: { eventVersion: true },
  });
  return row?.eventVersion ?? null;
}

async function standing(tx: Tx, id: string): Promise<AccountStanding | null> {
  const row = await tx.account.findUnique({ where: { id } });
  if (!row) return null;
  const { email, roles, createdAt, emailVerifiedAt, closedFor } = row;
  const suspension = row.suspendedAt && {
    since: row.suspendedAt,
    until: row.suspendedUntil,
    reason: row.suspendedFor ?? '',
  };
  return { account: { id, email, roles, createdAt, emailVerifiedAt }, closedFor, suspension };
}

export function createAccountStore(prisma: Db) {
  return {
    /** Accounts by id, in the order of the ids; null where there is none. */
    async byIds(ids: readonly string[]): Promise<(Account | null)[]> {
      const rows = await prisma.account.findMany({ where: { id: { in: [...ids] } }, select: FIELDS });
      return inOrder(ids, rows, (row) => row.id);
    },

    async byId(tx: Tx, id: string): Promise<Account | null> {
      return tx.account.findUnique({ where: { id }, select: FIELDS });
    },

    /** An account with what stands in the way of signing in. */
    standing,

    /** The same; its row is locked until the transaction ends. */
    async lock(tx: Tx, id: string): Promise<AccountStanding | null> {
      await tx.$executeRaw`SELECT 1 FROM account WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      return standing(tx, id);
    },

    /** Whether a (normalised) e-mail address is in use. */
    async isEmailUsed(email: string): Promise<boolean> {
      return (await prisma.account.count({ where: { email, NOT: FAILED } })) > 0;
    },

    /** The id of the account of a (normalised) e-mail address, unless it is closed. */
    async openByEmail(tx: Tx, email: string): Promise<string | null> {
      return (await tx.account.findFirst({ where: { email, closedAt: null }, select: { id: true } }))?.id ?? null;
    },

    /** Adds an account, of which one event is told with it. @returns whether it could; not, when the address is in use */
    async add(tx: Tx, account: Omit<Account, 'emailVerifiedAt'> & { language: string }): Promise<boolean> {
      await tx.account.deleteMany({ where: { email: account.email, ...FAILED } });
      const data = { ...account, roles: [...account.roles], eventVersion: 1 };
      return (await tx.account.createMany({ data: [data], skipDuplicates: true })).count === 1;
    },

    /** The number of the account's next event, null where there is no account; its row is locked until the end. */
    async nextEventVersion(tx: Tx, id: string): Promise<number | null> {
      return increment(tx, { id }, {});
    },

    /** @returns the number of the account's next event; null when it is closed already, or not there */
    async close(tx: Tx, id: string, reason: string, now: Date): Promise<number | null> {
      return increment(tx, { id, closedAt: null }, { closedAt: now, closedFor: reason });
    },

    /** @returns the number of the account's next event; null when the address is verified already */
    async setEmailVerified(tx: Tx, id: string, now: Date): Promise<number | null> {
      return increment(tx, { id, emailVerifiedAt: null }, { emailVerifiedAt: now });
    },

    async setLanguage(tx: Tx, id: string, language: string): Promise<void> {
      await tx.account.updateMany({ where: { id }, data: { language } });
    },

    /** How to write to these; those who are not there or closed are left out. */
    async contacts(ids: readonly string[]): Promise<Contact[]> {
      const rows = await prisma.account.findMany({
        where: { id: { in: [...ids] }, closedAt: null },
        select: { id: true, email: true, language: true, emailVerifiedAt: true },
      });
      return rows.map(({ id, email, language, emailVerifiedAt }) => ({
        accountId: id,
        email,
        language,
        emailVerified: emailVerifiedAt !== null,
      }));
    },

    async lockRoles(tx: Tx): Promise<void> {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ROLES_LOCK}::int)`;
    },

    async administratorCount(tx: Tx): Promise<number> {
      return tx.account.count({ where: { roles: { has: 'ADMINISTRATOR' } } });
    },

    /** @returns the number of the account's next event; its row is locked until the transaction ends */
    async setRoles(tx: Tx, id: string, roles: readonly Role[]): Promise<number> {
      const { eventVersion } = await tx.account.update({
        where: { id },
        data: { roles: [...roles], eventVersion: { increment: 1 } },
        select: { eventVersion: true },
      });
      return eventVersion;
    },

    /** A page of accounts in the order of their ids, for snapshots. */
    async page(afterId: string | null, limit: number) {
      return prisma.account.findMany({
        where: afterId ? { id: { gt: afterId } } : {},
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, roles: true, eventVersion: true, createdAt: true, suspendedAt: true },
      });
    },
  };
}

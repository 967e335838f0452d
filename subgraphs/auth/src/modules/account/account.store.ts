import { inOrder } from '@community/kit/loader';
import type { Role } from '@community/kit/member';
import type { Db, Tx } from '../../database.ts';
import type { Account } from './account.ts';

export type AccountStore = ReturnType<typeof createAccountStore>;

const FIELDS = { id: true, email: true, roles: true, createdAt: true } as const;

/** Changes of roles wait for each other, so that two administrators cannot each drop the other as the last one. */
const ROLES_LOCK = 4_110_101;

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

    /** Whether a (normalised) e-mail address is in use. */
    async isEmailUsed(email: string): Promise<boolean> {
      return (await prisma.account.findUnique({ where: { email }, select: { id: true } })) !== null;
    },

    /** Adds an account, of which one event is told with it. @returns whether it could; not, when the address is in use */
    async add(tx: Tx, account: Account): Promise<boolean> {
      const data = { ...account, roles: [...account.roles], eventVersion: 1 };
      return (await tx.account.createMany({ data: [data], skipDuplicates: true })).count === 1;
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
        select: { id: true, roles: true, eventVersion: true, createdAt: true },
      });
    },
  };
}

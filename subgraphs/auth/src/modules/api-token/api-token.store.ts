import type { Db, Tx } from '../../database.ts';
import type { ApiToken } from './api-token.ts';

export type ApiTokenStore = ReturnType<typeof createApiTokenStore>;

const FIELDS = { id: true, name: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true } as const;

export function createApiTokenStore(prisma: Db) {
  return {
    async add(tx: Tx, accountId: string, hash: Uint8Array<ArrayBuffer>, token: ApiToken): Promise<void> {
      await tx.apiToken.createMany({ data: [{ ...token, scopes: [...token.scopes], accountId, hash }] });
    },

    /** Those of an account that have not expired, the newest first. They are few, so there are no pages. */
    async of(accountId: string, now: Date, db: Db | Tx = prisma): Promise<ApiToken[]> {
      return db.apiToken.findMany({
        where: { accountId, expiresAt: { gt: now } },
        orderBy: { id: 'desc' },
        select: FIELDS,
      });
    },

    /** Finds a token that has not expired, and writes down that it was used. */
    async use(tx: Tx, hash: Uint8Array<ArrayBuffer>, now: Date): Promise<(ApiToken & { accountId: string }) | null> {
      const [found] = await tx.apiToken.updateManyAndReturn({
        where: { hash, expiresAt: { gt: now } },
        data: { lastUsedAt: now },
        select: { ...FIELDS, accountId: true },
      });
      return found ?? null;
    },

    /** Removes one token of an account, or all of them. @returns their ids */
    async remove(tx: Tx, accountId: string, id?: string): Promise<string[]> {
      const rows = await tx.apiToken.findMany({ where: { accountId, id }, select: { id: true } });
      await tx.apiToken.deleteMany({ where: { accountId, id } });
      return rows.map((row) => row.id);
    },

    async forget(now: Date): Promise<void> {
      await prisma.apiToken.deleteMany({ where: { expiresAt: { lt: now } } });
    },
  };
}

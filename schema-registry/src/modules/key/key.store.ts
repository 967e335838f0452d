import { newId } from '@community/kit/ids';
import type { Db } from '../../database.ts';
import { type Key, SCOPES, type Scope } from './key.policy.ts';

type Row = Omit<Key, 'scopes'> & { scopes: string[] };

const COLUMNS = {
  id: true,
  graphId: true,
  name: true,
  hint: true,
  scopes: true,
  subgraphs: true,
  createdAt: true,
  createdBy: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const;

const toKey = (row: Row): Key => ({
  ...row,
  scopes: row.scopes.filter((scope): scope is Scope => (SCOPES as readonly string[]).includes(scope)),
});

/** Keys by the hash of their text; the text itself is never stored. */
export function createKeyStore(db: Db) {
  return {
    async create(
      key: Pick<Key, 'graphId' | 'name' | 'hint' | 'scopes' | 'subgraphs' | 'createdBy' | 'expiresAt'>,
      hash: Uint8Array<ArrayBuffer>,
    ) {
      return toKey(
        await db.apiKey.create({
          data: { ...key, id: newId(), hash, scopes: [...key.scopes], subgraphs: [...key.subgraphs] },
          select: COLUMNS,
        }),
      );
    },
    /** Every key that still opens something, with its hash in hex. */
    async valid(): Promise<{ key: Key; hash: string }[]> {
      const rows = await db.apiKey.findMany({ where: { revokedAt: null }, select: { ...COLUMNS, hash: true } });
      return rows.map(({ hash, ...row }) => ({ key: toKey(row), hash: Buffer.from(hash).toString('hex') }));
    },
    async ofGraph(graphId: string): Promise<Key[]> {
      const rows = await db.apiKey.findMany({ where: { graphId }, select: COLUMNS, orderBy: { createdAt: 'asc' } });
      return rows.map(toKey);
    },
    async byId(graphId: string, id: string): Promise<Key | null> {
      const row = await db.apiKey.findFirst({ where: { graphId, id }, select: COLUMNS });
      return row && toKey(row);
    },
    async rename(id: string, name: string): Promise<Key> {
      return toKey(await db.apiKey.update({ where: { id }, data: { name }, select: COLUMNS }));
    },
    async revoke(id: string, at: Date): Promise<Key> {
      return toKey(await db.apiKey.update({ where: { id }, data: { revokedAt: at }, select: COLUMNS }));
    },
    async noteUse(ids: readonly string[], at: Date): Promise<void> {
      await db.apiKey.updateMany({ where: { id: { in: [...ids] } }, data: { lastUsedAt: at } });
    },
  };
}

export type KeyStore = ReturnType<typeof createKeyStore>;

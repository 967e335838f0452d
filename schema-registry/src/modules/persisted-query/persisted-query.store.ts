import { newId } from '@community/kit/ids';
import type { Db, Tx } from '../../database.ts';

export interface PersistedQueryList {
  readonly id: string;
  readonly graphId: string;
  readonly name: string;
  /** Counts changes of the list; 0: nothing was published yet. */
  readonly revision: number;
}

export interface PersistedQuery {
  readonly id: string;
  /** Empty: for every client. */
  readonly clientName: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
  readonly addedIn: number;
  readonly removedIn: number | null;
  readonly servedTill: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface Revision {
  readonly revision: number;
  readonly createdAt: Date;
  readonly actor: string;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly expired: number;
}

/** An operation's identity in a list. */
export type QueryKey = Pick<PersistedQuery, 'id' | 'clientName'>;

export function createPersistedQueryStore(db: Db) {
  return {
    byId: (graphId: string, id: string): Promise<PersistedQueryList | null> =>
      db.persistedQueryList.findFirst({ where: { graphId, id } }),
    async create(tx: Tx, graphId: string, name: string): Promise<PersistedQueryList> {
      return tx.persistedQueryList.create({ data: { id: newId(), graphId, name } });
    },
    /** The list, with its row locked: two publishes to it follow each other. */
    async lock(tx: Tx, id: string): Promise<PersistedQueryList> {
      await tx.$queryRaw`SELECT 1 FROM persisted_query_list WHERE id = ${id}::uuid FOR UPDATE`;
      return tx.persistedQueryList.findUniqueOrThrow({ where: { id } });
    },
    async queries(tx: Tx, listId: string): Promise<PersistedQuery[]> {
      return tx.persistedQuery.findMany({ where: { listId }, orderBy: [{ id: 'asc' }, { clientName: 'asc' }] });
    },
    /** What routers are given: all that is not removed, or removed and still in its grace. */
    served: (listId: string): Promise<PersistedQuery[]> =>
      db.persistedQuery.findMany({ where: { listId }, orderBy: [{ id: 'asc' }, { clientName: 'asc' }] }),
    revisions: (listId: string): Promise<Revision[]> =>
      db.persistedQueryRevision.findMany({ where: { listId }, orderBy: { revision: 'desc' }, take: 50 }),
    async add(
      tx: Tx,
      listId: string,
      queries: readonly Omit<PersistedQuery, 'removedIn' | 'servedTill' | 'lastUsedAt'>[],
    ) {
      await tx.persistedQuery.createMany({ data: queries.map((query) => ({ ...query, listId })) });
    },
    async update(
      tx: Tx,
      listId: string,
      { id, clientName, name, type }: Pick<PersistedQuery, 'id' | 'clientName' | 'name' | 'type'>,
    ) {
      await tx.persistedQuery.update({
        where: { listId_id_clientName: { listId, id, clientName } },
        data: { name, type, removedIn: null, servedTill: null },
      });
    },
    async remove(
      tx: Tx,
      listId: string,
      keys: readonly QueryKey[],
      removedIn: number,
      servedTill: Date,
    ): Promise<void> {
      await tx.persistedQuery.updateMany({
        where: { listId, OR: keys.map(({ id, clientName }) => ({ id, clientName })) },
        data: { removedIn, servedTill },
      });
    },
    async recordRevision(tx: Tx, listId: string, revision: Omit<Revision, 'createdAt'>): Promise<void> {
      await tx.persistedQueryList.update({ where: { id: listId }, data: { revision: revision.revision } });
      await tx.persistedQueryRevision.create({ data: { ...revision, listId } });
    },
    async noteUse(variantId: string, ids: readonly string[], at: Date): Promise<void> {
      await db.$executeRaw`
        UPDATE persisted_query q SET last_used_at = ${at}
        FROM variant v
        WHERE v.id = ${variantId}::uuid AND q.list_id = v.list_id AND q.id = ANY(${[...ids]})`;
    },
    /** Lists that hold removed documents whose grace is over and that no client has sent since `unusedSince`. */
    async expired(tx: Tx, now: Date, unusedSince: Date): Promise<{ listId: string; keys: QueryKey[] }[]> {
      const rows = await tx.persistedQuery.findMany({
        where: {
          servedTill: { lt: now },
          OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: unusedSince } }],
        },
        select: { listId: true, id: true, clientName: true },
      });
      const lists = new Map<string, QueryKey[]>();
      for (const { listId, ...key } of rows) lists.set(listId, [...(lists.get(listId) ?? []), key]);
      return [...lists].map(([listId, keys]) => ({ listId, keys }));
    },
    async drop(tx: Tx, listId: string, keys: readonly QueryKey[]): Promise<void> {
      await tx.persistedQuery.deleteMany({
        where: { listId, OR: keys.map(({ id, clientName }) => ({ id, clientName })) },
      });
    },
  };
}

export type PersistedQueryStore = ReturnType<typeof createPersistedQueryStore>;

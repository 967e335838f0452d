import type { Db } from '../../database.ts';
import { Refusal } from '../../refusal.ts';
import type { ApiSchemas } from '../launch/api-schema.ts';
import type { LaunchStore } from '../launch/launch.store.ts';
import type { VariantStore } from '../variant/variant.store.ts';
import { checkManifest, type ManifestOperation } from './manifest.ts';
import type {
  PersistedQuery,
  PersistedQueryList,
  PersistedQueryStore,
  QueryKey,
  Revision,
} from './persisted-query.store.ts';

const DAY_MS = 86_400_000;
const GRACE_DAYS = 30;
/** Sent within this time, a removed document is still served. */
const STILL_USED_DAYS = 7;
const SWEEP_MS = 3_600_000;

export interface PublishedManifest {
  readonly list: PersistedQueryList;
  readonly unchanged: boolean;
  readonly counts: { added: number; identical: number; updated: number; unaffected: number; removed: number };
}

const keyOf = ({ id, clientName }: QueryKey) => JSON.stringify([id, clientName]);

export function createPersistedQueryService(tools: {
  db: Db;
  queries: PersistedQueryStore;
  variants: VariantStore;
  launches: LaunchStore;
  apiSchemas: ApiSchemas;
  onChange: () => Promise<void>;
  onError: (error: unknown) => void;
}) {
  const { db, queries, variants, launches, apiSchemas, onChange } = tools;

  /** The schema that a list's operations are asked of. */
  async function schemaOf(list: PersistedQueryList) {
    const linked = (await variants.ofGraph(list.graphId)).find(({ listId }) => listId === list.id);
    const launch = linked?.currentLaunchId ? await launches.byId(linked.currentLaunchId) : null;
    return launch?.apiSchemaHash ? apiSchemas(launch.apiSchemaHash) : null;
  }

  async function sweep(now = new Date()): Promise<void> {
    const changed = await db.$transaction(async (tx) => {
      const lists = await queries.expired(tx, now, new Date(now.getTime() - STILL_USED_DAYS * DAY_MS));
      for (const { listId, keys } of lists) {
        const { revision } = await queries.lock(tx, listId);
        await queries.drop(tx, listId, keys);
        const counts = { added: 0, updated: 0, removed: 0, expired: keys.length };
        await queries.recordRevision(tx, listId, { revision: revision + 1, actor: 'grace is over', ...counts });
      }
      return lists.length > 0;
    });
    if (changed) await onChange();
  }
  const timer = setInterval(() => void sweep().catch(tools.onError), SWEEP_MS);
  timer.unref();

  return {
    /**
     * Adds the operations of a manifest to a list. Those that are there and not in the manifest stay.
     * @returns null when an operation with the same id and client has another body
     * @throws Refusal
     */
    async publish(
      list: PersistedQueryList,
      operations: readonly ManifestOperation[],
      actor: string,
    ): Promise<PublishedManifest | { conflict: ManifestOperation }> {
      checkManifest(operations, await schemaOf(list));
      const result = await db.$transaction(async (tx) => {
        const { revision } = await queries.lock(tx, list.id);
        const known = new Map((await queries.queries(tx, list.id)).map((query) => [keyOf(query), query]));
        const conflict = operations.find((operation) => {
          const old = known.get(keyOf(operation));
          return old && old.body !== operation.body;
        });
        if (conflict) return { conflict };
        const isSame = (operation: ManifestOperation, old: PersistedQuery) =>
          old.name === operation.name && old.type === operation.type && old.removedIn === null;
        const fresh = operations.filter((operation) => !known.has(keyOf(operation)));
        const updated = operations.filter((operation) => {
          const old = known.get(keyOf(operation));
          return old !== undefined && !isSame(operation, old);
        });
        const counts = {
          added: fresh.length,
          updated: updated.length,
          identical: operations.length - fresh.length - updated.length,
          unaffected: [...known.values()].filter(
            (query) => query.removedIn === null && !operations.some((operation) => keyOf(operation) === keyOf(query)),
          ).length,
          removed: 0,
        };
        const unchanged = fresh.length + updated.length === 0;
        if (unchanged) return { list: { ...list, revision }, unchanged, counts };
        const next = revision + 1;
        await queries.add(
          tx,
          list.id,
          fresh.map((operation) => ({ ...operation, addedIn: next })),
        );
        for (const operation of updated) await queries.update(tx, list.id, operation);
        await queries.recordRevision(tx, list.id, {
          revision: next,
          actor,
          added: counts.added,
          updated: counts.updated,
          removed: 0,
          expired: 0,
        });
        return { list: { ...list, revision: next }, unchanged, counts };
      });
      if (!('conflict' in result) && !result.unchanged) await onChange();
      return result;
    },

    /**
     * Takes operations out of a list. They are served for a grace, and for as long as clients still send them.
     * @param graceDays 0 ends them at once
     * @throws Refusal when one is not in the list; nothing is removed then
     */
    async remove(
      list: PersistedQueryList,
      keys: readonly QueryKey[],
      actor: string,
      graceDays = GRACE_DAYS,
    ): Promise<Revision> {
      if (!Number.isInteger(graceDays) || graceDays < 0 || graceDays > 3_650)
        throw new Refusal('BAD_INPUT', 'The grace is 0 to 3650 days.');
      const revision = await db.$transaction(async (tx) => {
        const locked = await queries.lock(tx, list.id);
        const known = new Set((await queries.queries(tx, list.id)).map(keyOf));
        const missing = keys.find((key) => !known.has(keyOf(key)));
        if (missing)
          throw new Refusal(
            'NOT_FOUND',
            `The list "${list.name}" has no operation with the id "${missing.id}"${missing.clientName ? ` for the client "${missing.clientName}"` : ''}.`,
          );
        const next = locked.revision + 1;
        if (graceDays === 0) await queries.drop(tx, list.id, keys);
        else await queries.remove(tx, list.id, keys, next, new Date(Date.now() + graceDays * DAY_MS));
        const entry = { revision: next, actor, added: 0, updated: 0, removed: keys.length, expired: 0 };
        await queries.recordRevision(tx, list.id, entry);
        return { ...entry, createdAt: new Date() };
      });
      await onChange();
      return revision;
    },
    sweep,
    stop: () => clearInterval(timer),
  };
}

export type PersistedQueryService = ReturnType<typeof createPersistedQueryService>;

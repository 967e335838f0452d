import type { Db } from '../database.ts';
import type { DocumentStore } from '../modules/document/document.store.ts';

/** How often launches of other processes are seen. */
const REFRESH_MS = 2_000;

/** What routers of a variant are given. */
export interface Delivery {
  readonly graphId: string;
  /** Null until a launch has composed. */
  readonly supergraph: { readonly id: string; readonly sdl: string } | null;
  readonly list: { readonly id: string; readonly revision: number } | null;
}

interface Row {
  graph_id: string;
  name: string;
  supergraph_hash: string | null;
  list_id: string | null;
  revision: number | null;
}

/**
 * What is in service, of every variant, in memory: a poll of Uplink asks no database. This process's own launches are
 * seen at once, those of others within two seconds.
 */
export async function createDelivery(db: Db, documents: DocumentStore, onError: (error: unknown) => void) {
  let current: ReadonlyMap<string, Delivery> = new Map();
  let refreshing: Promise<void> | undefined;

  async function load(): Promise<void> {
    const rows = await db.$queryRaw<Row[]>`
      SELECT v.graph_id, v.name, l.supergraph_hash, v.list_id, q.revision
      FROM variant v
      LEFT JOIN launch l ON l.id = v.current_launch_id
      LEFT JOIN persisted_query_list q ON q.id = v.list_id`;
    const next = new Map<string, Delivery>();
    for (const row of rows) {
      const ref = `${row.graph_id}@${row.name}`;
      const before = current.get(ref);
      const { supergraph_hash: hash, list_id: listId, revision } = row;
      const supergraph =
        hash === null
          ? null
          : before?.supergraph?.id === hash
            ? before.supergraph
            : { id: hash, sdl: (await documents.load([hash]))[0] ?? '' };
      next.set(ref, {
        graphId: row.graph_id,
        supergraph,
        // A list that nothing was published to yet is as good as none.
        list: listId === null || !revision ? null : { id: listId, revision },
      });
    }
    current = next;
  }

  async function refresh(): Promise<void> {
    // A load that is under way may have read before the caller's commit, so another one follows it.
    while (refreshing) await refreshing;
    refreshing = load().finally(() => {
      refreshing = undefined;
    });
    await refreshing;
  }

  await refresh();
  const timer = setInterval(() => void refresh().catch(onError), REFRESH_MS);
  timer.unref();

  return {
    of: (graphRef: string): Delivery | undefined => current.get(graphRef),
    refresh,
    stop: () => clearInterval(timer),
  };
}

export type DeliveryState = Awaited<ReturnType<typeof createDelivery>>;

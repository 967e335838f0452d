import { createHash } from 'node:crypto';
import type { PersistedQueryStore } from '../modules/persisted-query/persisted-query.store.ts';

const OPERATIONS_A_CHUNK = 2_000;
const REMEMBERED_REVISIONS = 16;

/** A part of a manifest; its id is the hash of its body, which nobody guesses who may not read it. */
export interface Chunk {
  readonly id: string;
  readonly listId: string;
  readonly body: string;
}

interface Served {
  readonly id: string;
  readonly body: string;
  readonly clientName: string;
}

/** Where a chunk is fetched, without a key: routers send none. */
export const chunkPath = ({ id, listId }: Pick<Chunk, 'id' | 'listId'>): string => `/uplink/chunks/${listId}/${id}`;

function toChunk(listId: string, operations: readonly Served[]): Chunk {
  const body = JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.map(({ id, body, clientName }) => (clientName ? { id, body, clientName } : { id, body })),
  });
  return { id: createHash('sha256').update(body).digest('hex'), listId, body };
}

/** Manifests of lists, cut into chunks; made once per revision. */
export function createChunks(queries: PersistedQueryStore) {
  const byRevision = new Map<string, Promise<readonly Chunk[]>>();
  const byId = new Map<string, string>();

  async function make(listId: string): Promise<readonly Chunk[]> {
    const served = await queries.served(listId);
    const chunks: Chunk[] = [];
    for (let start = 0; start < served.length || start === 0; start += OPERATIONS_A_CHUNK)
      chunks.push(toChunk(listId, served.slice(start, start + OPERATIONS_A_CHUNK)));
    for (const { id, body } of chunks) byId.set(id, body);
    return chunks;
  }

  return {
    of({ id, revision }: { readonly id: string; readonly revision: number }): Promise<readonly Chunk[]> {
      const name = `${id}:${revision}`;
      const known = byRevision.get(name);
      if (known) return known;
      const made = make(id);
      byRevision.set(name, made);
      made.catch(() => byRevision.delete(name));
      for (const oldest of [...byRevision.keys()].slice(0, -REMEMBERED_REVISIONS)) byRevision.delete(oldest);
      for (const oldest of [...byId.keys()].slice(0, -REMEMBERED_REVISIONS * 50)) byId.delete(oldest);
      return made;
    },
    /** The body of a chunk; made again when another process told of it, null when there is no such chunk (any more). */
    async body(listId: string, id: string): Promise<string | null> {
      if (!byId.has(id)) await make(listId);
      return byId.get(id) ?? null;
    },
  };
}

export type Chunks = ReturnType<typeof createChunks>;

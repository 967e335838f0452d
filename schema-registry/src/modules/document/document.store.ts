import { createHash } from 'node:crypto';
import type { Db, Tx } from '../../database.ts';

const REMEMBERED_BYTES = 64 * 1024 * 1024;

/** sha256 in hex of a text in UTF-8. */
export const hashOf = (body: string): string => createHash('sha256').update(body).digest('hex');

/** Texts by their hash. They never change, so those read lately are remembered. */
export function createDocumentStore(db: Db) {
  const remembered = new Map<string, string>();
  let bytes = 0;

  function remember(hash: string, body: string): void {
    if (remembered.has(hash)) return;
    remembered.set(hash, body);
    bytes += body.length;
    for (const [oldest, text] of remembered) {
      if (bytes <= REMEMBERED_BYTES) break;
      remembered.delete(oldest);
      bytes -= text.length;
    }
  }

  return {
    async save(tx: Tx, bodies: readonly string[]): Promise<string[]> {
      const rows = bodies.map((body) => ({ hash: hashOf(body), body }));
      await tx.document.createMany({ data: rows, skipDuplicates: true });
      return rows.map(({ hash }) => hash);
    },
    /** @throws Error when one is unknown, which the database's own rows exclude */
    async load(hashes: readonly string[]): Promise<string[]> {
      const missing = [...new Set(hashes)].filter((hash) => !remembered.has(hash));
      const found = new Map<string, string>();
      if (missing.length > 0)
        for (const { hash, body } of await db.document.findMany({ where: { hash: { in: missing } } }))
          found.set(hash, body);
      const bodies = hashes.map((hash) => {
        const body = remembered.get(hash) ?? found.get(hash);
        if (body === undefined) throw new Error(`document ${hash} is missing`);
        return body;
      });
      for (const [hash, body] of found) remember(hash, body);
      return bodies;
    },
  };
}

export type DocumentStore = ReturnType<typeof createDocumentStore>;

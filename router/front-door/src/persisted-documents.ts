import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ConfigError } from '@community/kit/config';
import type { Logger } from '@community/kit/log';
import { z } from 'zod';

/** The variables that say where the documents are. */
export const documentsVariables = { SUPERGRAPH_PATH: z.string(), PERSISTED_DOCUMENTS_PATH: z.string().optional() };

/** The file of persisted documents: beside the supergraph, unless another is named. */
export const documentsPathIn = (config: {
  readonly SUPERGRAPH_PATH: string;
  readonly PERSISTED_DOCUMENTS_PATH?: string | undefined;
}): string => config.PERSISTED_DOCUMENTS_PATH ?? `${config.SUPERGRAPH_PATH}.documents.json`;

const manifest = z.object({
  operations: z.array(z.looseObject({ id: z.string(), body: z.string(), clientName: z.string().nullish() })),
});

/** The documents that clients may send by id. */
export interface PersistedDocuments {
  /** By the id that a client of this name published, else by one that is for every client. */
  find(id: string, clientName: string): string | undefined;
  /** Whether a document's text is one of them. */
  has(body: string): boolean;
}

const keyOf = (id: string, clientName: string) => JSON.stringify([id, clientName]);

function read(path: string) {
  const byKey = new Map<string, string>();
  const bodies = new Set<string>();
  for (const { id, body, clientName } of manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).operations) {
    byKey.set(keyOf(id, clientName ?? ''), body);
    bodies.add(body.trim());
  }
  return { byKey, bodies };
}

/** A manifest in Apollo's format. */
export const manifestOf = (operations: readonly object[]): string =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

/**
 * Sees to it that there is a manifest, for an engine that does not start without one.
 * @throws ConfigError when there is one that cannot be read
 */
export function ensurePersistedDocuments(path: string): void {
  if (!existsSync(path)) writeFileSync(path, manifestOf([]), { mode: 0o600 });
  try {
    read(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`PERSISTED_DOCUMENTS_PATH: ${path} cannot be used: ${reason}`);
  }
}

/**
 * Opens a manifest in Apollo's format that others replace; a version of it that cannot be read is reported once, and the
 * last good one stays in service. Without a file there are no documents.
 */
export function openPersistedDocuments(
  path: string | undefined,
  log: Pick<Logger, 'info' | 'error'>,
): PersistedDocuments {
  let seen = '';
  let good: ReturnType<typeof read> = { byKey: new Map(), bodies: new Set() };

  function current(): typeof good {
    if (!path) return good;
    const stat = statSync(path, { throwIfNoEntry: false });
    const now = stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
    if (now === seen || !stat) return good;
    seen = now;
    try {
      good = read(path);
      log.info({ documents: good.byKey.size }, 'persisted documents are in service');
    } catch (error) {
      log.error({ err: error, path }, 'the persisted documents cannot be used; the last good ones stay in service');
    }
    return good;
  }

  return {
    find(id, clientName) {
      const { byKey } = current();
      return byKey.get(keyOf(id, clientName)) ?? byKey.get(keyOf(id, ''));
    },
    has: (body) => current().bodies.has(body.trim()),
  };
}

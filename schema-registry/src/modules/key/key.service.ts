import { createHash, randomBytes } from 'node:crypto';
import { isId } from '@community/kit/ids';
import { Refusal } from '../../refusal.ts';
import { covers, type Key, mayWrite, type Scope } from './key.policy.ts';
import type { KeyStore } from './key.store.ts';

/** How often other processes' new and revoked keys are seen, and last use is written. */
const REFRESH_MS = 2_000;
const NOTE_USE_MS = 30_000;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Keys of graphs. All valid ones are held in memory by hash, so that a poll of Uplink costs no statement; a key that
 * another process revokes stops working within two seconds.
 */
export async function createKeyService(store: KeyStore, onError: (error: unknown) => void) {
  let byHash = new Map<string, Key>();
  const used = new Map<string, Date>();
  // Of tokens that are known to be keys: routers send the same one every ten seconds.
  let hashes = new Map<string, string>();

  async function refresh(): Promise<void> {
    byHash = new Map((await store.valid()).map(({ key, hash }) => [hash, key]));
    hashes = new Map([...hashes].filter(([, hash]) => byHash.has(hash)));
  }
  async function writeUse(): Promise<void> {
    if (used.size === 0) return;
    const ids = [...used.keys()];
    used.clear();
    await store.noteUse(ids, new Date());
  }
  await refresh();
  const timers = [
    setInterval(() => void refresh().catch(onError), REFRESH_MS),
    setInterval(() => void writeUse().catch(onError), NOTE_USE_MS),
  ];
  for (const timer of timers) timer.unref();

  async function create(input: {
    graphId: string;
    name: string;
    scopes: readonly Scope[];
    subgraphs?: readonly string[];
    expiresAt?: Date | null;
    createdBy: string;
    /** A key chosen by the operator; made when absent. */
    token?: string;
  }): Promise<{ key: Key; token: string }> {
    if (input.name.trim() === '' || input.name.length > 120)
      throw new Refusal('BAD_INPUT', 'The name of a key has 1 to 120 characters.');
    if (input.scopes.length === 0) throw new Refusal('BAD_INPUT', 'A key needs at least one scope.');
    // Apollo's clients read the graph's id out of a key of this form.
    const token = input.token ?? `service:${input.graphId}:${randomBytes(24).toString('base64url')}`;
    const key = await store.create(
      {
        graphId: input.graphId,
        name: input.name,
        hint: input.token ? `${token.slice(0, 4)}…` : `${token.slice(0, token.lastIndexOf(':') + 5)}…`,
        scopes: input.scopes,
        subgraphs: input.subgraphs ?? [],
        expiresAt: input.expiresAt ?? null,
        createdBy: input.createdBy,
      },
      Uint8Array.from(hashOf(token)),
    );
    await refresh();
    return { key, token };
  }

  async function existing(graphId: string, id: string): Promise<Key> {
    const key = isId(id) ? await store.byId(graphId, id) : null;
    if (!key) throw new Refusal('NOT_FOUND', `The graph "${graphId}" has no key with the id "${id}".`);
    return key;
  }

  return {
    create,
    list: (graphId: string) => store.ofGraph(graphId),
    existing,
    async rename(graphId: string, id: string, name: string): Promise<Key> {
      await existing(graphId, id);
      return store.rename(id, name);
    },
    async revoke(graphId: string, id: string): Promise<Key> {
      const key = await existing(graphId, id);
      const revoked = key.revokedAt ? key : await store.revoke(id, new Date());
      await refresh();
      return revoked;
    },
    /** A new key with the rights of an old one, which goes on working until it is revoked. */
    async rotate(graphId: string, id: string, createdBy: string) {
      const { name, scopes, subgraphs, expiresAt } = await existing(graphId, id);
      return create({ graphId, name, scopes, subgraphs, expiresAt, createdBy });
    },
    /** The valid key of this text; null when there is none. Touches no database. */
    authenticate(token: string | undefined): Key | null {
      if (!token) return null;
      const hash = hashes.get(token) ?? hashOf(token).toString('hex');
      const key = byHash.get(hash);
      if (key) hashes.set(token, hash);
      if (!key || (key.expiresAt && key.expiresAt.getTime() <= Date.now())) return null;
      used.set(key.id, new Date());
      return key;
    },
    async stop(): Promise<void> {
      for (const timer of timers) clearInterval(timer);
      await writeUse().catch(onError);
    },
  };
}

export type KeyService = Awaited<ReturnType<typeof createKeyService>>;

/**
 * Demands that a key may do something with a graph.
 * @returns the key
 * @throws Refusal that says what is missing
 */
export function authorise(key: Key | null, graphId: string, needed: Scope): Key {
  if (!key)
    throw new Refusal(
      'UNAUTHENTICATED',
      'The registry did not recognize the provided API key. Send a valid graph key in the header x-api-key (Rover: APOLLO_KEY).',
    );
  if (key.graphId !== graphId)
    throw new Refusal('FORBIDDEN', `The provided API key is not a key of the graph "${graphId}".`);
  if (!covers(key.scopes, needed))
    throw new Refusal(
      'FORBIDDEN',
      `The provided API key "${key.name}" has the scope ${key.scopes.join(', ')}; this needs ${needed}. Ask an admin of the graph "${graphId}" for such a key.`,
    );
  return key;
}

/** Demands further that the key may write these subgraphs. @throws Refusal */
export function authoriseSubgraphs(key: Key, variant: string, names: readonly string[]): void {
  const refused = names.find((name) => !mayWrite(key, variant, name));
  if (refused !== undefined)
    throw new Refusal(
      'FORBIDDEN',
      `The provided API key "${key.name}" may write ${key.subgraphs.join(', ')}, but not the subgraph "${refused}" of the variant "${variant}".`,
    );
}

/** Demands that the key is not one of single subgraphs: for what concerns a variant as a whole. @throws Refusal */
export function authoriseWhole(key: Key | null, graphId: string, needed: Scope): Key {
  const granted = authorise(key, graphId, needed);
  if (granted.subgraphs.length > 0)
    throw new Refusal(
      'FORBIDDEN',
      `The provided API key "${granted.name}" may write ${granted.subgraphs.join(', ')} only; this concerns the whole graph.`,
    );
  return granted;
}

import { randomUUID } from 'node:crypto';
import type { Ephemeral } from './ephemeral.ts';
import { keyOf } from './key.ts';
import { cacheReads } from './metrics.ts';

/** How long a key is promised to a load; what a longer one brings is not kept. */
export const CLAIM_MS = 10_000;

/** The text of what is not there; not kept. */
const NOTHING = 'null';

interface Want {
  readonly key: string;
  readonly entry: string;
}

/** A cached text. Where its object stays in this process, so does what was read of it. */
export interface Kept {
  readonly text: string;
  value?: unknown;
}

/** What a key holds: a cached text, or the token of the load that was promised to bring it; nothing when nobody knows. */
export type Held = Kept | { readonly token: string } | undefined;

/** Where cached texts are. Each call is atomic for each key, and none throws. */
export interface CacheEntries {
  /** What each key holds; one that held nothing holds `token` from now on, for `CLAIM_MS`. */
  claim(keys: readonly string[], token: string): Promise<Held[]>;
  /** Puts texts in place of `token`, where it still is; null gives the claim up. */
  settle(token: string, texts: ReadonlyMap<string, string | null>, milliseconds: number): Promise<void>;
  drop(keys: readonly string[]): Promise<void>;
}

/**
 * Cache-aside with leases (Nishtala and others, "Scaling Memcache at Facebook", 2013): a miss leaves a token, a load is
 * kept only where its token still is, and forgetting a key removes either. So a load that began before a change never
 * stays, wherever the change was made, and a store that loses everything keeps nothing wrong.
 */
export function createCacheAside(entries: CacheEntries): Pick<Ephemeral, 'cached' | 'invalidate'> {
  const instance = randomUUID();
  let count = 0;
  /** The loads of this instance that are under way, by token, with the texts that they bring for entries. */
  const loads = new Map<string, Promise<ReadonlyMap<string, string>>>();

  return {
    async cached<Value, Read = Value>(
      namespace: string,
      keys: readonly string[],
      options: {
        seconds: number;
        load: (missing: readonly string[]) => Promise<readonly (Value | null)[]>;
        read?: (value: Value) => Read;
      },
    ): Promise<(Read | null)[]> {
      const wanted = [...new Set(keys)].map((key) => ({ key, entry: keyOf(namespace, key) }));
      if (wanted.length === 0) return [];
      count += 1;
      const token = `${instance}.${count}`;
      const found = new Map<string, Kept>();
      const shared: { want: Want; load: Promise<ReadonlyMap<string, string>> }[] = [];

      async function load(missing: readonly Want[]): Promise<void> {
        if (missing.length === 0) return;
        const values = await options.load(missing.map(({ key }) => key));
        if (values.length !== missing.length)
          throw new Error(`a cache's load was asked for ${missing.length} values and brought ${values.length}`);
        for (const [i, { key }] of missing.entries()) found.set(key, { text: JSON.stringify(values[i] ?? null) });
      }

      /** Loads what nobody has and nobody else here is loading. @returns the texts of the entries that were claimed */
      async function loadOwn(): Promise<ReadonlyMap<string, string>> {
        const held = await entries.claim(
          wanted.map(({ entry }) => entry),
          token,
        );
        const missing: Want[] = [];
        const claimed: Want[] = [];
        for (const [i, want] of wanted.entries()) {
          const one = held[i];
          if (one && 'text' in one) {
            found.set(want.key, one);
            continue;
          }
          const other = one && one.token !== token ? loads.get(one.token) : undefined;
          if (other) shared.push({ want, load: other });
          else missing.push(want);
          if (one?.token === token) claimed.push(want);
        }
        cacheReads.inc({ namespace, outcome: 'miss' }, missing.length);
        cacheReads.inc({ namespace, outcome: 'hit' }, wanted.length - missing.length);
        const brought = () => new Map(claimed.map(({ key, entry }) => [entry, found.get(key)?.text ?? NOTHING]));
        try {
          await load(missing);
          return brought();
        } finally {
          const kept = new Map([...brought()].map(([entry, text]) => [entry, text === NOTHING ? null : text]));
          await entries.settle(token, kept, Math.ceil(options.seconds * 1000));
          loads.delete(token);
        }
      }

      const own = loadOwn();
      loads.set(token, own);
      await own;
      const unshared: Want[] = [];
      for (const { want, load: other } of shared) {
        const text = await other.then((brought) => brought.get(want.entry)).catch(() => undefined);
        if (text) found.set(want.key, { text });
        // Another's load failed: that is its caller's to hear, and no reason not to try.
        else unshared.push(want);
      }
      await load(unshared);
      return keys.map((key) => {
        const kept = found.get(key);
        if (!kept || !options.read) return JSON.parse(kept?.text ?? NOTHING);
        if (kept.value === undefined) {
          const value: Value | null = JSON.parse(kept.text);
          kept.value = value && options.read(value);
        }
        return kept.value as Read | null;
      });
    },

    async invalidate(namespace, keys) {
      if (keys.length > 0) await entries.drop(keys.map((key) => keyOf(namespace, key)));
    },
  };
}

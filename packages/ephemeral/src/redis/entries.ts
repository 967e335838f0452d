import { type CacheEntries, CLAIM_MS, type Held } from '../cache-aside.ts';
import { batches } from './batches.ts';
import type { RedisLink } from './connection.ts';
import { createOwed } from './owed.ts';
import { claim, run, settle } from './scripts.ts';

/** Cached texts in Redis. While it is away nothing is held, and what was to be dropped is dropped when it is back. */
export function createEntries(link: RedisLink, prefix: string): CacheEntries & { stop(): void } {
  const nameOf = (key: string) => `${prefix}:cache:${key}`;
  const owed = createOwed(async (keys) => void (await link.ask((redis) => redis.del(...keys.map(nameOf)))));

  function read(held: unknown): Held {
    if (typeof held !== 'string') return undefined;
    return held.startsWith('v') ? { text: held.slice(1) } : { token: held.slice(1) };
  }

  async function claimBatch(keys: readonly string[], token: string): Promise<Held[]> {
    try {
      const held = await link.ask((redis) => run(redis, claim, keys.map(nameOf), [`t${token}`, CLAIM_MS]));
      // An old value may be there until what is owed is paid.
      return keys.map((key, i) => (owed.has(key) ? undefined : read((held as unknown[])[i])));
    } catch {
      return keys.map(() => undefined);
    }
  }

  return {
    async claim(keys, token) {
      return (await Promise.all(batches(keys).map((batch) => claimBatch(batch, token)))).flat();
    },
    async settle(token, texts, milliseconds) {
      await Promise.all(
        batches([...texts]).map((batch) =>
          link
            .ask((redis) =>
              run(
                redis,
                settle,
                batch.map(([key]) => nameOf(key)),
                [`t${token}`, milliseconds, ...batch.map(([, text]) => (text === null ? '' : `v${text}`))],
              ),
            )
            // The token ends by itself.
            .catch(() => {}),
        ),
      );
    },
    async drop(keys) {
      await Promise.all(
        batches(keys).map((batch) => link.ask((redis) => redis.del(...batch.map(nameOf))).catch(() => owed.add(batch))),
      );
    },
    stop: () => owed.stop(),
  };
}

import { type CacheEntries, CLAIM_MS, type Held } from '../cache-aside.ts';
import { ExpiringMap } from './expiring-map.ts';

const MOST_ENTRIES = 10_000;

/** Cached texts in this process. */
export function createEntries(): CacheEntries {
  const entries = new ExpiringMap<NonNullable<Held>>(MOST_ENTRIES);
  return {
    async claim(keys, token) {
      return keys.map((key) => {
        const held = entries.get(key)?.value;
        if (held) return held;
        entries.set(key, { token }, CLAIM_MS);
        return { token };
      });
    },
    async settle(token, texts, milliseconds) {
      for (const [key, text] of texts) {
        const held = entries.get(key)?.value;
        if (!held || !('token' in held) || held.token !== token) continue;
        if (text === null) entries.delete(key);
        else entries.set(key, { text }, milliseconds);
      }
    },
    async drop(keys) {
      for (const key of keys) entries.delete(key);
    },
  };
}

import DataLoader from 'dataloader';
import { isId } from './ids.ts';

/**
 * Defines a loader that lives as long as one request: all keys asked for in one tick become one call of `batch`.
 * @param batch answers in the order of the keys; a key that may be an object is compared by its JSON
 */
export function defineLoader<Context extends object, Key, Value>(
  batch: (context: Context, keys: readonly Key[]) => Promise<readonly (Value | Error)[]>,
): (context: Context) => DataLoader<Key, Value, string> {
  const loaders = new WeakMap<Context, DataLoader<Key, Value, string>>();
  return (context) => {
    let loader = loaders.get(context);
    if (!loader) {
      loader = new DataLoader<Key, Value, string>((keys) => batch(context, keys), {
        cacheKeyFn: (key) => (typeof key === 'string' ? key : JSON.stringify(key)),
        maxBatchSize: 1000,
      });
      loaders.set(context, loader);
    }
    return loader;
  };
}

/**
 * Defines a loader of things by id: null where there is none, and for what cannot be an id, which is not asked for.
 * @param read answers in the order of the ids
 */
export function defineIdLoader<Context extends object, Value>(
  read: (context: Context, ids: readonly string[]) => Promise<readonly (Value | null)[]>,
): (context: Context) => DataLoader<string, Value | null, string> {
  return defineLoader<Context, string, Value | null>(async (context, asked) => {
    const ids = asked.filter(isId);
    const found = ids.length > 0 ? await read(context, ids) : [];
    const byId = new Map(ids.map((id, i) => [id, found[i] ?? null]));
    return asked.map((id) => byId.get(id) ?? null);
  });
}

/** Puts rows in the order of the keys; null where a key has none. */
export function inOrder<Row, Key>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

import type { Transactions } from '@community/events/sql';
import type { ImportIds } from '@community/import/import-ids';
import type { Tx } from '../../database.ts';
import type { ImportStore } from './import.store.ts';

export interface ImportTools {
  readonly transactions: Transactions<Tx>;
  readonly store: ImportStore;
  readonly idOf: ImportIds;
}

/** Lines with why each is not taken, and those that are. */
export function judge<Item extends { readonly line: number }>(
  items: readonly Item[],
  faultOf: (item: Item) => string | null | undefined,
): { good: Item[]; refused: { line: number; reason: string }[] } {
  const good: Item[] = [];
  const refused: { line: number; reason: string }[] = [];
  for (const item of items) {
    const reason = faultOf(item);
    if (reason) refused.push({ line: item.line, reason });
    else good.push(item);
  }
  return { good, refused };
}

import type { ExportedPage } from './member-data.ts';

const PAGE = 200;

/**
 * Reads everything of a section in pages.
 * @param read a page after a position, in a fixed order
 * @param position of a thing, as `read` takes it
 */
export async function* keysetPages<Item>(
  section: string,
  read: (after: string | null, limit: number) => Promise<readonly Item[]>,
  position: (item: Item) => string,
): AsyncGenerator<ExportedPage> {
  let after: string | null = null;
  for (;;) {
    const items: readonly Item[] = await read(after, PAGE);
    const last = items.at(-1);
    if (last === undefined) return;
    yield { section, items };
    if (items.length < PAGE) return;
    after = position(last);
  }
}

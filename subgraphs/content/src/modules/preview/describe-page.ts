import { Parser } from 'htmlparser2';

/** What a page says of itself, as plain text. */
export interface PageDescription {
  readonly title: string | null;
  readonly description: string | null;
  readonly siteName: string | null;
}

const LONGEST: Record<keyof PageDescription, number> = { title: 200, description: 500, siteName: 100 };
/** Where it says so, the first that is there counts: Open Graph (ogp.me), then HTML. */
const SOURCES: Record<keyof PageDescription, readonly string[]> = {
  title: ['og:title', 'title'],
  description: ['og:description', 'description'],
  siteName: ['og:site_name'],
};

/** Reads what a page says of itself. */
export function describePage(html: string): PageDescription {
  const found = new Map<string, string>();
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      inTitle = name === 'title' && !found.has('title');
      const key = (property ?? named)?.toLowerCase();
      if (name === 'meta' && key && content && !found.has(key)) found.set(key, content);
    },
    ontext(text) {
      if (inTitle) found.set('title', (found.get('title') ?? '') + text);
    },
    onclosetag() {
      inTitle = false;
    },
  });
  parser.end(html);
  const read = (part: keyof PageDescription): string | null => {
    const text = SOURCES[part].map((source) => found.get(source)).find((said) => said?.trim()) ?? '';
    // What PostgreSQL keeps in no text may stand in a page.
    const plain = text.replaceAll('\u0000', '').replace(/\s+/g, ' ').trim();
    return [...plain].slice(0, LONGEST[part]).join('') || null;
  };
  return { title: read('title'), description: read('description'), siteName: read('siteName') };
}

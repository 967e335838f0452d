import MarkdownIt from 'markdown-it';

/** Links that a member's text may hold; everything else stays text. */
const LINK = /^(https?:\/\/|mailto:)/i;

/**
 * HTML in the source stays text, and images are left out (a remote one would tell its host who reads). What is left is
 * markup of the renderer alone, with links of the schemes above.
 */
const renderer = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable('image');
renderer.validateLink = (url) => LINK.test(url.trim());
renderer.renderer.rules.link_open = (tokens, index, options, _, self) => {
  const token = tokens[index];
  token?.attrSet('rel', 'nofollow ugc noopener');
  token?.attrSet('target', '_blank');
  return self.renderToken(tokens, index, options);
};

/** Renders a member's Markdown to HTML that is safe to put into a page. */
export function renderMarkdown(source: string): string {
  return renderer.render(source).trim();
}

/** Without any of these a text has no link: most need not be parsed for it. */
const MAY_LINK = /[.:]\S/;

function linksIn(source: string): string[] {
  if (!MAY_LINK.test(source)) return [];
  const inline = renderer.parse(source, {}).flatMap(({ children }) => children ?? []);
  return inline.filter(({ type }) => type === 'link_open').map((token) => String(token.attrGet('href') ?? ''));
}

/** How many links a text holds. */
export function countLinks(source: string): number {
  return linksIn(source).length;
}

/** The first link of a text that leads to a page; null when there is none. */
export function firstLink(source: string): string | null {
  return linksIn(source).find((url) => /^https?:/i.test(url)) ?? null;
}

/** `@` and a handle that stand by themselves: no part of a word, an address or a path. */
const MENTION = /(?<![\p{L}\p{N}_@./-])@([a-z0-9][a-z0-9_]{1,28}[a-z0-9])(?![a-z0-9_@])/giu;
const MOST_MENTIONS = 20;

/**
 * The handles that a text mentions, in lower case and in the order in which they come; what stands in code or in a link is
 * none. At most 20: more would be no talk.
 */
export function mentionsIn(source: string): string[] {
  if (!source.includes('@')) return [];
  const handles = new Set<string>();
  for (const { children } of renderer.parse(source, {})) {
    let links = 0;
    for (const token of children ?? []) {
      if (token.type === 'link_open' || token.type === 'link_close') links += token.nesting;
      if (token.type !== 'text' || links > 0) continue;
      for (const match of token.content.matchAll(MENTION)) handles.add((match[1] ?? '').toLowerCase());
    }
  }
  return [...handles].slice(0, MOST_MENTIONS);
}

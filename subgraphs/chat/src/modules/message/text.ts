const LINK = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}'"»”’]+$/u;
const MAX_LINKS = 20;

/** A text as it is kept. */
export const tidyText = (text: string): string => text.normalize('NFC').trim();

/** The web addresses in a text, each once, without the punctuation that ends a sentence; at most 20. */
export function linksIn(text: string): string[] {
  const found = [...text.matchAll(LINK)].map(([link]) => link.replace(TRAILING, ''));
  return [...new Set(found.filter((link) => URL.canParse(link)))].slice(0, MAX_LINKS);
}

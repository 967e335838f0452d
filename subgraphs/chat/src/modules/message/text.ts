const LINK = /https?:\/\/[^\s<>"'`]+/giu;
const TRAILING = /[.,;:!?)\]}'"»”’]+$/u;
const MAX_LINKS = 20;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A text as it is kept. */
export const tidyText = (text: string): string => text.normalize('NFC').trim();

/** The web addresses in a text, each once, without the punctuation that ends a sentence; at most 20. */
export function linksIn(text: string): string[] {
  const found = [...text.matchAll(LINK)].map(([link]) => link.replace(TRAILING, ''));
  return [...new Set(found.filter((link) => URL.canParse(link)))].slice(0, MAX_LINKS);
}

/** The words of a text as they are compared: NFKC, lower case. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

const pairs = (word: string): string[] => {
  const characters = [...word];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};

/** What a message is found by: the pairs of characters of its words, and each word's first character. */
export function gramsOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => [...[...word].slice(0, 1), ...pairs(word)]))];
}

/** What a message must have to be found: pairs of each word; of a word of one character, a word that begins with it. */
export function gramsSought(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => ([...word].length === 1 ? [word] : pairs(word))))];
}

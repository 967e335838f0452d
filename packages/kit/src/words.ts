const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The words of a text as they are compared: NFKC, lower case. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

const pairs = (word: string): string[] => {
  const characters = [...word];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};

/** What a text is found by, Korean words of two syllables too: pairs of its words' characters, and each one's first. */
export function gramsOf(text: string): string[] {
  return [...new Set(wordsOf(text).flatMap((word) => [...[...word].slice(0, 1), ...pairs(word)]))];
}

/** What a text must have to be found: pairs of each word; of a word of one character, a word that begins with it. */
export function gramsSought(words: readonly string[]): string[] {
  return [...new Set(words.flatMap((word) => ([...word].length === 1 ? [word] : pairs(word))))];
}

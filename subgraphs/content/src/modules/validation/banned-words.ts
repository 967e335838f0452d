import { type Letter, lettersOf } from './letters.ts';

export type Verdict = 'refuse' | 'hold';

/** A word of the list, as it is compared. */
interface Word {
  readonly letters: string;
  /** Korean words are found inside of others, as endings are attached to them; others stand by themselves. */
  readonly korean: boolean;
  /** Whether more letters may follow. */
  readonly open: boolean;
  readonly verdict: Verdict | 'allow';
}

interface Place {
  readonly from: number;
  readonly to: number;
}

const LINE = /^(refuse|hold|allow)\s+(\S.*?)(\*?)$/;
const KOREAN = /^[ㄱ-ㅣ]+$/;
/** Blanks or marks in a row between two letters, and one letter in a row. */
const MOST_GAPS = 3;
const MOST_REPEATS = 20;

/**
 * Reads a list: one word a line, after `refuse`, `hold` or `allow` (which lets longer words through that hold a banned
 * one). `*` at the end of a word lets letters follow; `#` begins a comment.
 * @throws Error naming the line that is none of these
 */
export function readWords(list: string): Word[] {
  return list.split(/\r?\n/).flatMap((line, index) => {
    const text = line.replace(/#.*/, '').trim();
    if (text === '') return [];
    const [, verdict, word = '', star] = LINE.exec(text) ?? [];
    const letters = lettersOf(word)
      .map(({ readings }) => readings[0] ?? '')
      .join('');
    if (letters.length < 2)
      throw new Error(`line ${index + 1} is not "refuse", "hold" or "allow" and a word of two letters`);
    return [{ letters, korean: KOREAN.test(letters), open: star === '*', verdict: verdict as Word['verdict'] }];
  });
}

const isEdge = (letter: Letter | undefined): boolean => letter === undefined || letter.gap !== null;

/** Where a word that begins at a letter ends; -1 when it does not stand there. */
function endOf(word: Word, text: readonly Letter[], from: number): number {
  const startsFree = isEdge(text[from - 1]);
  if (!word.korean && !startsFree) return -1;
  /** @param close whether two letters stood together, @param spaced whether a blank stood between two */
  function step(at: number, done: number, gaps: number, repeats: number, close: boolean, spaced: boolean): number {
    const letter = text[at];
    if (done === word.letters.length) {
      // With blanks it is a word that was spelt out, and no two words whose ends happen to fit.
      if (spaced && (close || !startsFree || !isEdge(letter))) return -1;
      if (word.korean || word.open || isEdge(letter)) return at;
      return repeats < MOST_REPEATS && letter?.readings.includes(word.letters.at(-1) ?? '')
        ? step(at + 1, done, 0, repeats + 1, close, spaced)
        : -1;
    }
    if (!letter) return -1;
    for (const reading of letter.readings) {
      if (!word.letters.startsWith(reading, done)) continue;
      const end = step(at + 1, done + reading.length, 0, 0, close || (done > 0 && gaps === 0), spaced);
      if (end >= 0) return end;
    }
    if (done === 0) return -1;
    if (
      !word.korean &&
      gaps === 0 &&
      repeats < MOST_REPEATS &&
      letter.readings.includes(word.letters[done - 1] ?? '')
    ) {
      const end = step(at + 1, done, 0, repeats + 1, close, spaced);
      if (end >= 0) return end;
    }
    if (letter.gap === null || gaps === MOST_GAPS) return -1;
    return step(at + 1, done, gaps + 1, 0, close, spaced || letter.gap === 'space');
  }
  return step(from, 0, 0, 0, false, false);
}

/** @returns the strictest verdict on what a text says, whatever the spelling; null when no word of the list is in it */
export function createBannedWords(words: readonly Word[]): (text: string) => Verdict | null {
  const byFirst = new Map<string, Word[]>();
  for (const word of words) {
    const first = word.letters[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), word]);
  }

  return function judge(text) {
    const letters = lettersOf(text);
    const found: (Place & { verdict: Word['verdict'] })[] = [];
    letters.forEach(({ readings }, from) => {
      for (const reading of readings) {
        for (const word of byFirst.get(reading[0] ?? '') ?? []) {
          const to = endOf(word, letters, from);
          if (to >= 0) found.push({ from, to, verdict: word.verdict });
        }
      }
    });
    const allowed = found.filter(({ verdict }) => verdict === 'allow');
    const banned = found.filter(
      (place) => place.verdict !== 'allow' && !allowed.some(({ from, to }) => from <= place.from && place.to <= to),
    );
    if (banned.some(({ verdict }) => verdict === 'refuse')) return 'refuse';
    return banned.length > 0 ? 'hold' : null;
  };
}

/** A character as it is compared with banned words. */
export interface Letter {
  /** What it may stand for, each a letter or the letters of a Korean syllable; none of a gap. */
  readonly readings: readonly string[];
  /** Whether it may merely stand between letters: a blank, or a mark or digit that somebody put there. */
  readonly gap: 'space' | 'mark' | null;
}

/** What is drawn like a Latin letter: Cyrillic and Greek ones, digits and marks. */
const LOOK_ALIKES = new Map(
  [
    ['а', 'a'],
    ['в', 'b'],
    ['с', 'c'],
    ['ԁ', 'd'],
    ['е', 'e'],
    ['һ', 'h'],
    ['і', 'i'],
    ['ј', 'j'],
    ['к', 'k'],
    ['м', 'm'],
    ['н', 'h'],
    ['о', 'o'],
    ['р', 'p'],
    ['ѕ', 's'],
    ['т', 't'],
    ['у', 'y'],
    ['х', 'x'],
    ['α', 'a'],
    ['β', 'b'],
    ['ε', 'e'],
    ['η', 'n'],
    ['ι', 'i'],
    ['κ', 'k'],
    ['ν', 'v'],
    ['ο', 'o'],
    ['ρ', 'p'],
    ['τ', 't'],
    ['υ', 'u'],
    ['χ', 'x'],
    ['ı', 'i'],
    ['ɡ', 'g'],
    ['ł', 'l'],
    ['ø', 'o'],
    ['0', 'o'],
    ['1', 'i'],
    ['3', 'e'],
    ['4', 'a'],
    ['5', 's'],
    ['7', 't'],
    ['8', 'b'],
    ['9', 'g'],
    ['@', 'a'],
    ['$', 's'],
    ['!', 'i'],
    ['|', 'l'],
    ['€', 'e'],
    ['+', 't'],
    ['(', 'c'],
  ].map(([drawn = '', meant = '']) => [drawn, meant]),
);

/** Consonants at the end of a syllable, and at its beginning, as the letters that stand alone (Unicode 3.12). */
const FINAL = [...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];
const INITIAL = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const VOWEL = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'];

function standingAlone(jamo: string): string | undefined {
  const code = jamo.codePointAt(0) ?? 0;
  if (code >= 0x1100 && code <= 0x1112) return INITIAL[code - 0x1100];
  if (code >= 0x1161 && code <= 0x1175) return VOWEL[code - 0x1161];
  if (code >= 0x11a8 && code <= 0x11c2) return FINAL[code - 0x11a8];
  return undefined;
}

/** What is not seen: marks on letters, joiners and other format characters, and the fillers of Hangul. */
const UNSEEN = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu;
const SPACE = /^\s$/u;
const LETTER = /^\p{L}+$/u;

/**
 * The letters of a text, one for each character that is seen: without case, width, accents and what is not seen; look-alikes
 * as what they look like; Korean syllables as their letters, so that one that is written apart is the same.
 */
export function lettersOf(text: string): Letter[] {
  const letters: Letter[] = [];
  for (const character of text.normalize('NFC')) {
    const parts = character.normalize('NFKD').toLowerCase().replace(UNSEEN, '');
    if (parts === '') continue;
    const korean = [...parts].map(standingAlone);
    if (korean.every((jamo) => jamo !== undefined)) {
      letters.push({ readings: [korean.join('')], gap: null });
      continue;
    }
    const meant = LOOK_ALIKES.get(parts);
    if (LETTER.test(parts)) letters.push({ readings: [meant ?? parts], gap: null });
    else letters.push({ readings: meant ? [meant] : [], gap: SPACE.test(parts) ? 'space' : 'mark' });
  }
  return letters;
}

import { describe, expect, it } from 'vitest';
import { type Change, differenceOf, textOf } from './difference.ts';

const before = (changes: readonly Change[]) => changes.map(([kind, text]) => (kind === 'ADDED' ? '' : text)).join('');
const lines = (seed: number) => Array.from({ length: 3_000 }, (_, i) => `${(i * seed) % 7919} words`).join('\n');

describe('a difference', () => {
  it('names words that came and went, in English and Korean', () => {
    expect(differenceOf('The quick fox.', 'The slow fox.')).toEqual([
      ['SAME', 'The '],
      ['REMOVED', 'quick'],
      ['ADDED', 'slow'],
      ['SAME', ' fox.'],
    ]);
    expect(differenceOf('오늘은 날씨가 좋다', '오늘은 기분이 좋다')).toEqual([
      ['SAME', '오늘은 '],
      ['REMOVED', '날씨가'],
      ['ADDED', '기분이'],
      ['SAME', ' 좋다'],
    ]);
  });

  it.each([
    ['', 'x'],
    ['x', ''],
    ['same', 'same'],
    ['a  b\n\n c', 'a b\n c\r\n'],
    ['👩‍👩‍👧 가족', '👩‍👧 가족들'],
    // Too different for words, and for lines.
    [lines(3), lines(5)],
  ])('leads from the one text to the other, however different (%#)', (old, fresh) => {
    const changes = differenceOf(old, fresh);
    expect([before(changes), textOf(changes)]).toEqual([old, fresh]);
  });
});

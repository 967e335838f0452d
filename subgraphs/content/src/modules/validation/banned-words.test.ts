import { describe, expect, it } from 'vitest';
import { createBannedWords, readWords } from './banned-words.ts';

const judge = createBannedWords(
  readWords(`
# A list of its own, so that the test says what it means.
refuse slur
hold damn
hold curse*
hold 나쁜말
hold 시발
hold ㅅㅂ
allow 시발점
`),
);

describe('banned words', () => {
  it.each([
    ['What a damn thing', 'hold'],
    ['DAMN!', 'hold'],
    ['ｄａｍｎ', 'hold'],
    ['dámn', 'hold'],
    ['d4mn', 'hold'],
    ['d@mn', 'hold'],
    // Cyrillic а.
    ['d\u0430mn', 'hold'],
    ['d\u200bamn', 'hold'],
    ['d.a.m.n', 'hold'],
    ['d a m n', 'hold'],
    ['d - a - m - n you', 'hold'],
    ['daaaamn', 'hold'],
    ['damnnnn', 'hold'],
    ['da.mn', 'hold'],
    ['cursed', 'hold'],
    ['a damn slur', 'refuse'],
    ['나쁜말', 'hold'],
    ['정말나쁜말이다', 'hold'],
    ['나쁜ㅁㅏㄹ', 'hold'],
    ['ㄴㅏ쁜말', 'hold'],
    ['나쁜 말'.normalize('NFD').replace(' ', ''), 'hold'],
    ['나.쁜.말', 'hold'],
    ['나 쁜 말', 'hold'],
    ['나1쁜1말', 'hold'],
    ['시ㅂㅏㄹ', 'hold'],
    ['아 ㅅㅂ', 'hold'],
    ['시\u3164발', 'hold'],
  ])('%j is found', (text, verdict) => {
    expect(judge(text)).toBe(verdict);
  });

  it.each([
    [''],
    ['A dam, not a damp one'],
    ['adamnation'],
    ['madam nods'],
    ['The dam nearby'],
    ['damned'],
    ['시바라는 이름'],
    ['역시 발이 아프다'],
    ['다시 발생했다'],
    ['문제의 시발점'],
    ['나쁜 말을 하지 말자'],
    ['ㅅ'],
    ['3 + 4 = 7'],
  ])('%j is not', (text) => {
    expect(judge(text)).toBeNull();
  });

  it('says where a list is wrong', () => {
    expect(() => readWords('hold fine\nforbid this')).toThrow('line 2');
    expect(() => readWords('hold x')).toThrow('line 1');
  });

  it.each([['d'], ['d.'], ['d1'], ['시'], ['시 '], ['curse '], ['da '.repeat(2)]])(
    'takes no long time over %j, however often it comes',
    (part) => {
      const text = part.repeat(Math.floor(40_000 / part.length));
      const began = performance.now();
      judge(text);
      expect(performance.now() - began).toBeLessThan(2_000);
    },
  );
});

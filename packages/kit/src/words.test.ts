import { describe, expect, it } from 'vitest';
import { gramsOf, gramsSought, wordsOf } from './words.ts';

describe('what a text is found by', () => {
  const finds = (text: string, query: string) => {
    const grams = new Set(gramsOf(text));
    const sought = gramsSought(wordsOf(query));
    return sought.length > 0 && sought.every((gram) => grams.has(gram));
  };
  it.each([
    ['통합검색기능을 봐요', '검색', true],
    ['통합검색기능을 봐요', '통', true],
    ['통합검색기능을 봐요', '합', false],
    ['Ｈｅｌｌｏ World', 'hello', true],
    ['Hello World', 'WOR', true],
    ['회원 가입', '가입 회원', true],
    ['회원', '회원가입', false],
    ['anything', '?!', false],
  ])('"%s" by "%s": %s', (text, query, found) => expect(finds(text, query)).toBe(found));
});

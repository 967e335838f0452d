import { describe, expect, it } from 'vitest';
import { readTag, readTags } from './tag.policy.ts';

describe('a tag', () => {
  it.each([
    ['#TypeScript', 'typescript'],
    [' 자바스크립트 ', '자바스크립트'],
    // Full width, and Korean in single letters as some systems write it.
    ['Ｗｅｂ', 'web'],
    ['\u1112\u1161\u11ab\u1100\u1173\u11af', '한글'],
    ['web-dev_2', 'web-dev_2'],
    ['two words', null],
    ['-x', null],
    ['', null],
    ['#', null],
    ['<b>', null],
    ['가'.repeat(30), '가'.repeat(30)],
    ['가'.repeat(31), null],
  ])('%j is kept as %j', (text, name) => {
    expect(readTag(text)).toBe(name);
  });

  it('is named once, however it is spelt, and a post has at most five', () => {
    expect(readTags(['Web', '#web', 'ＷＥＢ', '개발'])).toEqual(['web', '개발']);
    expect(readTags(['a', 'b', 'c', 'd', 'e', 'f'])).toMatchObject({ code: 'TOO_MANY_TAGS', path: ['input', 'tags'] });
    expect(readTags(['ok', 'not ok'])).toMatchObject({ code: 'BAD_TAG' });
  });
});

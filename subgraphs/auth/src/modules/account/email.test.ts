import { describe, expect, it } from 'vitest';
import { isEmail, normaliseEmail } from './email.ts';

describe('e-mail addresses', () => {
  it.each([
    ['mina@example.com', true],
    ['mina+tag@mail.example.co.kr', true],
    ['미나@예시.한국', true],
    ['mina', false],
    ['mina@example', false],
    ['mina@@example.com', false],
    ['mina@example..com', false],
    ['mi na@example.com', false],
    ['mina@example.com\u0000', false],
    [`${'x'.repeat(65)}@example.com`, false],
    [`mina@${'x'.repeat(250)}.com`, false],
    ['', false],
  ])('%j: %s', (text, good) => {
    expect(isEmail(text)).toBe(good);
  });

  it('are the same in capitals, in full width and with blanks around', () => {
    expect(normaliseEmail(' Mina@Example.COM ')).toBe('mina@example.com');
    expect(normaliseEmail('ｍｉｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ')).toBe('mina@example.com');
  });
});

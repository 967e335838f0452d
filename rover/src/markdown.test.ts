import { expect, test } from 'vitest';
import { code, text } from './markdown.ts';

test('what others wrote becomes no link, image, mention, HTML or cell', () => {
  expect(text('![x](http://evil) [y](z)')).toBe('!\\[x](http://evil) \\[y](z)');
  expect(text('<b> @owner a|b\nnext')).toBe('&lt;b&gt; @\u200bowner a\\|b next');
  expect(text('a\\|b')).toBe('a\\\\\\|b');
});

test('code spans stay, and cannot be left by what they hold', () => {
  expect(text('field `A.b` of `[A!]!`')).toBe('field `A.b` of `[A!]!`');
  expect(text('one ` alone [x](y)')).toBe('one \\` alone \\[x](y)');
  expect(text('`a``b`')).toBe('`a`\u200b`b`');
  expect(code('a`b|c\\|d')).toBe("`a'b\\|c\\|d`");
});

import { describe, expect, it } from 'vitest';
import { linksIn } from './text.ts';

describe('links in a text', () => {
  it.each([
    ['see https://example.org/a?b=1.', ['https://example.org/a?b=1']],
    ['(http://example.org) and http://example.org again', ['http://example.org']],
    ['여기 https://example.org/한국어 봐', ['https://example.org/한국어']],
    ['javascript:alert(1) ftp://example.org example.org', []],
    ['https://', []],
  ])('%s', (text, links) => expect(linksIn(text)).toEqual(links));
});

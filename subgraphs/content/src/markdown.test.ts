import { describe, expect, it } from 'vitest';
import { mentionsIn, renderMarkdown } from './markdown.ts';

describe('what members write', () => {
  it('is rendered', () => {
    expect(renderMarkdown('**굵게** and `code`\n\n- one')).toBe(
      '<p><strong>굵게</strong> and <code>code</code></p>\n<ul>\n<li>one</li>\n</ul>',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '![x](https://evil.example/pixel.png)',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '[x](https://ok.example "onmouseover=alert(1)")',
    '<javascript:alert(1)>',
    '[x]: javascript:alert(1)\n\n[x]',
    '`<script>`',
    '```html"><script>\nx\n```',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe srcdoc="<script>">',
    '[a](<javascript:alert(1)>)',
    'javascript:alert(1)',
  ])('cannot run in a page: %j', (source) => {
    const html = renderMarkdown(source);
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(
        /^<\/?(p|a|code|pre|ul|ol|li|strong|em|br|blockquote|h[1-6]|hr|s|table|thead|tbody|tr|th|td)\b/,
      );
      expect(tag).not.toMatch(/\son\w+=/i);
      const href = /href="([^"]*)"/.exec(tag)?.[1];
      if (href !== undefined) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
    }
  });

  it('links without telling where from, and without credit', () => {
    expect(renderMarkdown('https://example.com')).toContain('rel="nofollow ugc noopener"');
  });
});

describe('mentions', () => {
  it.each([
    ['Hello @mina_k and @Jun_2!', ['mina_k', 'jun_2']],
    ['@mina_k @mina_k @MINA_K', ['mina_k']],
    ['안녕 @mina_k님, (@jun_2)', ['mina_k', 'jun_2']],
    ['**@mina_k**, _@jun_2_ and > @sora', ['mina_k', 'jun_2', 'sora']],
    ['mail me at mina@example.org or a/@path', []],
    ['`@mina_k` and\n```\n@jun_2\n```', []],
    ['[@mina_k](https://example.org) https://example.org/@jun_2', []],
    ['@ab, @mina_ but @1up', ['1up']],
    [
      Array.from({ length: 30 }, (_, i) => `@member_${i}`).join(' '),
      Array.from({ length: 20 }, (_, i) => `member_${i}`),
    ],
  ])('of %j are %j', (source, handles) => {
    expect(mentionsIn(source)).toEqual(handles);
  });
});

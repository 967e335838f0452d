import { expect, test } from 'vitest';
import { html } from './html.ts';

test('escapes what is put in, in text and attributes, and leaves markup of its own', () => {
  const name = `<script>alert("1")</script> & 'x'`;
  expect(html`<a title="${name}">${name}</a>`.text).toBe(
    '<a title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;</a>',
  );
  expect(html`<ul>${['a', '<b>'].map((item) => html`<li>${item}</li>`)}</ul>`.text).toBe(
    '<ul><li>a</li><li>&lt;b&gt;</li></ul>',
  );
});

test('null, undefined and false show nothing; zero does', () => {
  expect(html`${null}${undefined}${false}${0}`.text).toBe('0');
});

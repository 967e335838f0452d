import type { lookup } from 'node:dns';
import { serve } from '@community/testing/serve';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePage } from './describe-page.ts';
import { type Network, PUBLIC_WEB } from './guarded-get.ts';
import { readPageUrl } from './page-url.ts';
import { readPage } from './read-page.ts';

const asked: string[] = [];
let server: Awaited<ReturnType<typeof serve>>;
let port: string;
beforeAll(async () => {
  server = await serve((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.headers.host?.split(':')[0]}${path}`);
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (path === '/page') response.writeHead(200, html).end('<title>Page</title>');
    else if (path === '/euc-kr')
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(Buffer.from([...Buffer.from('<meta charset="euc-kr"><title>'), 0xc7, 0xd1, 0xb1, 0xdb]));
    else if (path === '/picture') response.writeHead(200, { 'content-type': 'image/png' }).end('<title>x</title>');
    else if (path === '/missing') response.writeHead(404, html).end('<title>x</title>');
    else if (path === '/silent') response.writeHead(200, html).write('<title>');
    else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (path.startsWith('/to?')) response.writeHead(302, { location: decodeURIComponent(path.slice(4)) }).end();
    else if (path === '/endless') {
      response.writeHead(200, html).write('<title>Long</title>');
      const more = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    }
  });
  port = new URL(server.url).port;
});
afterAll(() => server.close());

const lookups: string[] = [];
/** Names of a network in which `public.test` alone may be reached, though all of them lead here. */
function network(turnsAfter = Number.POSITIVE_INFINITY): Network {
  const resolve = (
    name: string,
    _: object,
    done: (error: null, found: { address: string; family: number }[]) => void,
  ) => {
    lookups.push(name);
    const inner = name !== 'public.test' || lookups.length > turnsAfter;
    done(null, [{ address: inner ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
  };
  return { lookup: resolve as unknown as typeof lookup, allows: (address) => address === '127.0.0.1' };
}
const page = (path: string, host = 'public.test') => new URL(`http://${host}:${port}${path}`);
const to = (url: string) => page(`/to?${encodeURIComponent(url)}`);

describe('a page', () => {
  it('is read from where it may be read, also after a redirect, and in its own encoding', async () => {
    expect(await readPage(page('/page'), network())).toBe('<title>Page</title>');
    expect(await readPage(to('/page'), network())).toBe('<title>Page</title>');
    expect(describePage(String(await readPage(page('/euc-kr'), network())))).toMatchObject({ title: '한글' });
  });

  it.each(['/picture', '/missing', '/loop'])('is none at %s', async (path) => {
    expect(await readPage(page(path), network())).toBeNull();
  });

  it('is read to a limit of size and of time', async () => {
    expect((await readPage(page('/endless'), network()))?.length).toBe(256 * 1024);
    expect(await readPage(page('/silent'), network(), 300)).toBeNull();
  });

  it('is never asked for within the network, by name, address or redirect', async () => {
    const before = asked.length;
    for (const host of ['inner.test', '127.0.0.2', '[::1]', '[::ffff:127.0.0.2]', '2130706434', '0x7f.2', '127.2'])
      expect(await readPage(page('/page', host), network())).toBeNull();
    expect(asked.length).toBe(before);
    for (const target of [
      `http://inner.test:${port}/page`,
      `http://127.0.0.2:${port}/page`,
      'file:///etc/passwd',
      `http://a:b@public.test:${port}/page`,
    ])
      expect(await readPage(to(target), network())).toBeNull();
    expect(asked.slice(before).filter((one) => one.endsWith('/page'))).toEqual([]);
  });

  it('is not asked for where a name leads when it is looked up again', async () => {
    lookups.length = 0;
    const before = asked.length;
    expect(await readPage(to(`http://public.test:${port}/page`), network(1))).toBeNull();
    expect([lookups, asked.length - before]).toEqual([['public.test', 'public.test'], 1]);
  });
});

it.each([
  ['127.0.0.1', 80],
  ['10.0.0.1', 443],
  ['169.254.169.254', 80],
  ['::ffff:192.168.0.1', 443],
  ['8.8.8.8', 5432],
])('the public web is not %s port %i', (address, port) => {
  expect(PUBLIC_WEB.allows(address, port)).toBe(false);
});

it.each([
  ['https://example.org/a?b=1#c', 'https://example.org/a?b=1'],
  ['ftp://example.org/', null],
  ['javascript:alert(1)', null],
  ['https://user:secret@example.org/', null],
  [`https://example.org/${'x'.repeat(2_048)}`, null],
])('%s is asked for as %s', (text, url) => {
  expect(readPageUrl(text)?.href ?? null).toBe(url);
});

describe('what a page says of itself', () => {
  it.each([
    ['<title> A\n page </title>', { title: 'A page' }],
    ['<title>Old</title><meta property="og:title" content="New &amp; shiny">', { title: 'New & shiny' }],
    [
      '<meta name="Description" content="설명"><meta property="og:site_name" content="Site">',
      { description: '설명', siteName: 'Site' },
    ],
    ['<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>', { title: '<script>alert(1)</script>' }],
    ['<p>nothing', { title: null, description: null, siteName: null }],
    [`<title>${'가'.repeat(300)}</title>`, { title: '가'.repeat(200) }],
    ['<svg><title>Icon</title></svg>', { title: 'Icon' }],
  ])('%#', (html, said) => {
    expect(describePage(html)).toMatchObject(said);
  });
});

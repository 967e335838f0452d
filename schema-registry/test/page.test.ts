import { afterAll, beforeAll, expect, test } from 'vitest';
import { chooseLanguage, LANGUAGES } from '../src/page/dictionary.ts';
import { GRAPH, LINK, startTestRegistry, type TestRegistry } from './harness.ts';

const REF = { graphId: GRAPH, variant: 'current' };
const BASE = `/graph/${GRAPH}/variant/current`;
const BY = { actor: 'mina', client: 'rover', git: { branch: 'feature' } };

const SHOP = `${LINK}type Query { products(in: Filter): [Product!]! nodes: [Node!]! }
input Filter { text: String limit: Int @deprecated(reason: "") }
input Unasked { text: String }
enum Color { RED GREEN }
enum Size { S M }
interface Node { id: ID! title: String }
type Product implements Node @key(fields: "id") { id: ID! title: String color: Color sized(size: Size): Int lonely: Int }
type Seller @key(fields: "id", resolvable: false) { id: ID! }
extend type Query { seller: Seller unasked(in: Unasked): Int }
`;

let registry: TestRegistry;
let cookie = '';

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${registry.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form), headers });
const get = (path: string, headers: Record<string, string> = { cookie }) =>
  fetch(`${registry.url}${path}`, { redirect: 'manual', headers });
/** What a reader sees of a page, on one line. */
const textOf = async (path: string) =>
  (await (await get(path)).text())
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const sessionOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const signIn = async (key: string) => sessionOf(await post('/sign-in', { key }));

beforeAll(async () => {
  registry = await startTestRegistry();
  const { subgraphs, usage } = registry.registry.services;
  await subgraphs.publish(REF, [{ name: 'shop', url: 'http://shop/graphql', sdl: SHOP, revision: 'r1' }], BY);
  await usage.ingest(REF, [
    {
      document: 'query Find($in: Filter) { products(in: $in) { id color } nodes { title } }',
      operationName: 'Find',
      precision: 'fields',
      coordinates: ['Query.products', 'Product.id', 'Product.color', 'Query.nodes', 'Node.title'],
      client: { name: 'web', version: '2' },
      hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000),
      requests: 41,
      errors: 0,
      durationMs: 100,
    },
  ]);
  cookie = await signIn(registry.adminKey);
});
afterAll(() => registry?.[Symbol.asyncDispose]());

test('every page forbids what it does not need, and is not kept', async () => {
  for (const path of ['/', `${BASE}/launches`, `${BASE}/launches/99`, '/graph/other']) {
    const { headers } = await get(path, path === '/' ? {} : { cookie });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self'",
    );
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test('the session cookie stays with the browser, and over https also off plain http', async () => {
  const plain = (await post('/sign-in', { key: registry.adminKey })).headers.get('set-cookie') ?? '';
  expect(plain).toMatch(/^registry_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
  const secure = await post('/sign-in', { key: registry.adminKey }, { 'x-forwarded-proto': 'https' });
  expect(secure.headers.get('set-cookie')).toMatch(/SameSite=Strict; Secure$/);
});

test('a key that is revoked signs out at once; one that may not read never gets in', async () => {
  const { keys } = registry.registry.services;
  const { key, token } = await keys.create({ graphId: GRAPH, name: 'brief', scopes: ['read'], createdBy: 'test' });
  const session = { cookie: await signIn(token) };
  expect((await get(`${BASE}/launches`, session)).status).toBe(200);
  await keys.revoke(GRAPH, key.id);
  expect((await get(`${BASE}/launches`, session)).status).toBe(401);
  const refused = await post('/sign-in', { key: await registry.key('router') });
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([403, null]);
});

test('nothing is done for a form of another site', async () => {
  const other = { cookie, origin: 'https://elsewhere.example' };
  for (const [path, form] of [
    ['/sign-in', { key: registry.adminKey }],
    ['/sign-out', {}],
    [`${BASE}/launches/1/rollback`, {}],
  ] as const) {
    expect((await post(path, form, other)).status).toBe(403);
    expect((await post(path, form, { ...other, origin: 'null' })).status).toBe(403);
  }
  expect((await get(`${BASE}/launches`)).status).toBe(200);
  expect(await textOf(`${BASE}/launches`)).not.toContain('rolled back');
});

test('leads nowhere but to its own pages', async () => {
  const from = async (text: string) => (await post('/language', { to: 'ko', from: text })).headers.get('location');
  for (const elsewhere of [
    'https://evil.example/graph/',
    '//evil.example/graph/',
    '/\t/evil.example/graph/',
    '/\\evil.example/graph/',
    '/graph/..//evil.example',
    'javascript:alert(1)',
    '',
  ])
    expect([elsewhere, await from(elsewhere)]).toEqual([elsewhere, '/']);
  expect(await from(`${BASE}/schema?q=%EC%83%81`)).toBe(`${BASE}/schema?q=%EC%83%81`);
  expect(await from('/graph/한글')).toBe('/graph/%ED%95%9C%EA%B8%80');
});

test('an address of nothing is answered by a page that says so', async () => {
  const expected: Record<string, number> = {
    [`/graph/${GRAPH}/variant/%00/launches`]: 404,
    [`/graph/${GRAPH}/variant/%E0%A4/launches`]: 404,
    [`/graph/${GRAPH}/variant/nothing`]: 404,
    [`${BASE}/launches/0`]: 404,
    [`${BASE}/launches/99`]: 404,
    [`${BASE}/launches/1/other`]: 404,
    [`${BASE}/launches/1/rollback/more`]: 404,
    [`${BASE}/launches/1?with=99`]: 404,
    [`${BASE}/launches?before=99999999999`]: 200,
    [`${BASE}/launches?before=1.5`]: 200,
    [`${BASE}/checks/nothing`]: 404,
    [`${BASE}/schema/__proto__`]: 404,
    [`${BASE}/operations/nothing`]: 404,
    [`${BASE}/readme`]: 404,
    '/graph/other': 403,
    '/graph/%0d%0aX/foo': 403,
    '/graph/%ED%95%9C/foo': 403,
    [`/graph/${GRAPH}/variant`]: 303,
    '/sign-in': 303,
    '/sign-out': 303,
  };
  const got = await Promise.all(
    Object.keys(expected).map(async (path) => {
      const response = await get(path);
      const text = await response.text();
      if (response.status !== 303) expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(text).not.toMatch(/\n\s+at .*:\d+:\d+/);
      return [path, response.status] as const;
    }),
  );
  expect(Object.fromEntries(got)).toEqual(expected);
  const put = await fetch(`${registry.url}${BASE}/launches`, { method: 'PUT', headers: { cookie } });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  expect((await post(`${BASE}/launches`, { a: 'x'.repeat(70_000) }, { cookie })).status).toBe(413);
});

test('calls unused only what no report and no document can have used', async () => {
  const product = await textOf(`${BASE}/schema/Product`);
  expect(product).toMatch(/color : Color 41/);
  expect(product).toMatch(/title : String perhaps, by an interface: 41/);
  expect(product).toMatch(/lonely : Int unused/);
  const filter = await textOf(`${BASE}/schema/Filter`);
  expect(filter).toMatch(/text : String perhaps 41/);
  expect(filter).toMatch(/limit : Int deprecated: perhaps 41/);
  expect(await textOf(`${BASE}/schema/Unasked`)).toMatch(/text : String unused/);
  expect(await textOf(`${BASE}/schema/Color`)).toMatch(/RED not recorded: clients read it/);
  expect(await textOf(`${BASE}/schema/Size`)).toMatch(/S unused/);
  const operations = await textOf(`${BASE}/operations`);
  expect(operations).toMatch(/Deprecated fields in use .*Filter\.limit perhaps 41/);
  const [, unused = ''] = operations.split('Fields that nobody used');
  expect(unused).toContain('Product.lonely');
  expect(unused).toContain('Unasked.text');
  expect(unused).not.toMatch(/Filter\.|Product\.title/);
});

test('an operation that a check names is found, whichever variant’s clients sent it', async () => {
  const { subgraphs, keys, graphs } = registry.registry.services;
  const staging = { graphId: GRAPH, variant: 'staging' };
  await subgraphs.publish(staging, [{ name: 'shop', url: 'http://shop/graphql', sdl: SHOP, revision: 'r1' }], BY);
  const [, id = ''] = /\/operations\/([\w-]{36})"/.exec(await (await get(`${BASE}/operations`)).text()) ?? [];
  expect(await textOf(`/graph/${GRAPH}/variant/staging/operations/${id}`)).toContain('query Find($in: Filter)');
  await graphs.ensure('other');
  await subgraphs.publish(
    { graphId: 'other', variant: 'current' },
    [{ name: 'shop', url: 'http://shop/graphql', sdl: SHOP, revision: 'r1' }],
    BY,
  );
  const { token } = await keys.create({ graphId: 'other', name: 'theirs', scopes: ['admin'], createdBy: 'test' });
  const theirs = { cookie: await signIn(token) };
  expect((await get(`/graph/other/variant/current/operations/${id}`, theirs)).status).toBe(404);
  expect((await get(`${BASE}/operations/${id}`, theirs)).status).toBe(403);
});

test('without traffic nothing is called unused', async () => {
  const { subgraphs } = registry.registry.services;
  const quiet = { graphId: GRAPH, variant: 'quiet' };
  await subgraphs.publish(quiet, [{ name: 'shop', url: 'http://shop/graphql', sdl: SHOP, revision: 'r1' }], BY);
  const text = await textOf(`/graph/${GRAPH}/variant/quiet/operations`);
  expect(text).toContain('No traffic was recorded in this time.');
  expect(text).not.toContain('Fields that nobody used');
  expect(await textOf(`/graph/${GRAPH}/variant/quiet/schema/Product`)).not.toContain('unused');
});

test('a stub of another subgraph’s entity is nobody’s own', async () => {
  const text = await textOf(`${BASE}/subgraphs`);
  expect(text).toMatch(/Owns: Filter Unasked Color Size Node Product SDL/);
  expect(text).toContain('No owner: put @contact on its schema.');
});

test('lists types by kind, and finds values of enums', async () => {
  expect(await textOf(`${BASE}/schema`)).toMatch(
    /type \d+ Product .*interface 1 Node .*enum 2 Color Size .*input 2 Filter/,
  );
  expect(await textOf(`${BASE}/schema?q=green`)).toMatch(/1 found enum 1 Color\W+(&emsp;)?\s*GREEN/);
});

test('the readme is a tab of its own when there is one', async () => {
  const { variants } = registry.registry.services;
  const tabs = async () => /<nav class="tabs">(.*?)<\/nav>/s.exec(await (await get(`${BASE}/launches`)).text())?.[1];
  expect(await tabs()).not.toContain('Readme');
  const variant = await variants.find(REF);
  await variants.setReadme(String(variant?.id), '# 안녕 <script>alert(1)</script>');
  expect(await tabs()).toMatch(/Persisted queries<\/a><a href="[^"]*\/readme">Readme/);
  expect(await (await get(`${BASE}/readme`)).text()).toContain('# 안녕 &lt;script&gt;alert(1)&lt;/script&gt;');
});

test('a long history has pages', async () => {
  const { subgraphs } = registry.registry.services;
  const long = { graphId: GRAPH, variant: 'long' };
  for (let count = 1; count <= 27; count += 1)
    await subgraphs.publish(
      long,
      [{ name: 'a', url: 'http://a/graphql', sdl: `type Query { f${count}: Int }`, revision: `${count}` }],
      BY,
    );
  const first = await textOf(`/graph/${GRAPH}/variant/long/launches`);
  expect(first).toMatch(/#27 in service .*#3 .*Older/);
  expect(first).not.toMatch(/#2 was/);
  expect(await textOf(`/graph/${GRAPH}/variant/long/launches?before=3`)).toMatch(/#2 was good .*#1 was good/);
});

test('too many attempts to sign in are put off', async () => {
  const statuses: number[] = [];
  for (let count = 0; count < 25; count += 1) statuses.push((await post('/sign-in', { key: 'guess' })).status);
  expect(statuses.at(-1)).toBe(429);
  const refused = await post('/sign-in', { key: registry.adminKey });
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([429, null]);
  expect(await refused.text()).toContain('Too many attempts');
  expect((await get(`${BASE}/launches`)).status).toBe(200);
});

test('speaks the language that was chosen, else the one that the browser likes best', () => {
  expect(chooseLanguage('ko', 'en')).toBe('ko');
  expect(chooseLanguage(undefined, 'ko-KR,ko;q=0.9,en;q=0.8')).toBe('ko');
  expect(chooseLanguage(undefined, 'en;q=0.5, ko;q=0.9')).toBe('ko');
  expect(chooseLanguage(undefined, 'kok, en;q=0.3, ko;q=0')).toBe('en');
  expect(chooseLanguage('xx', undefined)).toBe('en');
  expect(Object.keys(LANGUAGES.ko)).toEqual(Object.keys(LANGUAGES.en));
});

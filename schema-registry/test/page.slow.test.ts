import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, LINK, startTestRegistry, type TestRegistry } from './harness.ts';

const CHROMIUM = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium';
const BY = { actor: 'mina', client: 'rover-client 0.41', git: { branch: 'feature', commit: 'c0ffee1234' } };
const REF = { graphId: GRAPH, variant: 'current' };
const ATTACK = '<script>document.title="taken"</script>';

const SHOP = `${LINK}directive @contact(name: String!, url: String, description: String) on SCHEMA
extend schema @contact(name: "Shop team", url: "https://example.org/shop", description: "#shop")
type Query { products: [Product!]! old: Int @deprecated(reason: "Use products; stays until 2027-03-31.") lonely: Int }
"""상품 하나. ${ATTACK}"""
type Product @key(fields: "id") { id: ID! name: String! price: Int! }
`;

let registry: TestRegistry;
let browser: Browser;
let reader: string;
let operationId = '';

// Without Chromium there is no browser to look with.
describe.skipIf(!existsSync(CHROMIUM))('the page, in Chromium', () => {
  beforeAll(async () => {
    registry = await startTestRegistry();
    reader = await registry.key('read');
    const { subgraphs, usage, usageStore, variants, persistedQueries, queryStore } = registry.registry.services;
    const publish = (sdl: string) =>
      subgraphs.publish(REF, [{ name: 'shop', url: 'http://shop/graphql', sdl, revision: 'r1' }], BY);
    await publish(SHOP.replace(' lonely: Int', ''));
    await publish(SHOP);
    await publish(SHOP.replace('name: String!', 'name: Missing!'));
    await publish(SHOP.replace('price: Int!', 'price: Int! stock: Int'));
    await usage.ingest(REF, [
      {
        document: 'query Prices { products { price } old }',
        operationName: 'Prices',
        precision: 'exact',
        coordinates: ['Query.products', 'Query.old', 'Product.price'],
        client: { name: `web ${ATTACK}`, version: '2' },
        hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000),
        requests: 41,
        errors: 1,
        durationMs: 100,
      },
    ]);
    const variant = await variants.find(REF);
    const [operation] = await usageStore.byClient(
      {
        variantIds: [String(variant?.id)],
        from: new Date(0),
        to: new Date(),
        excludedClients: [],
        excludedOperations: [],
      },
      1,
    );
    operationId = operation?.operationId ?? '';
    const list = await queryStore.byId(GRAPH, String(variant?.listId));
    if (!list) throw new Error('every variant has a list');
    await persistedQueries.publish(
      list,
      [{ id: 'abc', name: 'Saved', type: 'QUERY', body: 'query Saved { products { id } }', clientName: 'ios' }],
      'mina',
    );
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await registry?.[Symbol.asyncDispose]();
  });

  const base = () => `${registry.url}/graph/${GRAPH}/variant/current`;

  async function open(
    options: { key?: string | null; locale?: string; width?: number; height?: number } = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      locale: options.locale ?? 'en-US',
      viewport: { width: options.width ?? 1200, height: options.height ?? 800 },
    });
    const page = await context.newPage();
    await page.goto(registry.url);
    if (options.key === null) return page;
    await page.locator('input[name=key]').fill(options.key ?? registry.adminKey);
    await page.locator('main button').click();
    return page;
  }

  const check = (sdl: string) => registry.registry.services.checks.checkSubgraph(REF, { name: 'shop', sdl }, {}, BY);
  const textOf = async (page: Page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ');

  test('lets in who has a key, and nobody else', async () => {
    const page = await open({ key: 'wrong' });
    expect(await textOf(page)).toContain('This key is not known');
    await page.goto(`${base()}/launches`);
    expect(await page.locator('input[type=password]').count()).toBe(1);
    await page.locator('input[name=key]').fill(registry.adminKey);
    await page.locator('main button').click();
    expect(page.url()).toBe(`${base()}/launches`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${base()}/launches`);
    expect(await page.locator('input[type=password]').count()).toBe(1);
  });

  test('shows launches first, a failed one loudly, and how two differ', async () => {
    const page = await open();
    await page.getByRole('link', { name: 'current' }).click();
    expect(page.url()).toBe(`${base()}/launches`);
    const text = await textOf(page);
    expect(text).toMatch(/#4 in service/);
    expect(text).toMatch(/#3 failed.*Unknown type Missing/);
    expect(text).toMatch(/#1 was good .* by mina/);
    await page.getByRole('link', { name: '#4' }).click();
    await page.locator('input[name=with]').fill('1');
    await page.getByRole('button', { name: 'Compare' }).click();
    const difference = await textOf(page);
    expect(difference).toContain('#1 → #4');
    expect(difference).toMatch(/FIELD_ADDED field `Product.stock` was added/);
    expect(difference).toMatch(/field `Query.lonely` was added/);
  });

  test('shows a check with whom it breaks, and an approval turns its verdict', async () => {
    const { id } = await check(SHOP.replace(' price: Int!', ''));
    const page = await open();
    await page.goto(`${base()}/checks/${id}`);
    const text = await textOf(page);
    expect(text).toMatch(/✗ failed/);
    expect(text).toMatch(/Prices 41 requests web <script>.* 2: 41 requests/);
    await page.getByRole('button', { name: 'Approve for this branch' }).first().click();
    expect(page.url()).toBe(`${base()}/checks/${id}`);
    expect(await page.locator('.verdict').innerText()).toContain('✓ passed');
    expect(await textOf(page)).toContain('approved by first key');
  });

  test('finds types by Korean descriptions, and tells used, unused and deprecated fields', async () => {
    const page = await open();
    await page.goto(`${base()}/schema`);
    await page.locator('input[name=q]').fill('상품');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'Product' }).click();
    expect(await textOf(page)).toMatch(/price: Int!.* 41/);
    expect(await textOf(page)).toMatch(/stock: Int unused/);
    await page.goto(`${base()}/schema/Query`);
    expect(await textOf(page)).toMatch(/old: Int deprecated: Use products/);
    await page.goto(`${base()}/operations`);
    const operations = await textOf(page);
    expect(operations).toMatch(/2 Prices 41 2\.4 % 2\.4 ms/);
    expect(operations).toMatch(/Deprecated fields in use .*Query\.old/);
    expect(operations).toMatch(/Fields that nobody used .*Query\.lonely/);
    await page.getByRole('link', { name: 'Prices' }).click();
    expect(await textOf(page)).toContain('query Prices { products { price } old }');
  });

  test('tells who owns what, and the persisted queries', async () => {
    const page = await open();
    await page.goto(`${base()}/subgraphs`);
    expect(await textOf(page)).toMatch(/Owner: Shop team #shop .*Owns: Product/);
    await page.goto(`${base()}/persisted-queries`);
    expect(await textOf(page)).toMatch(/Saved abc ios never/);
  });

  test('shows what others wrote as text', async () => {
    const page = await open();
    for (const path of ['schema/Product', 'operations', `operations/${operationId}`]) {
      await page.goto(`${base()}/${path}`);
      expect(await page.title()).not.toBe('taken');
      expect(await page.locator('script').count()).toBe(0);
    }
  });

  test('a reader sees no buttons that change, and is refused without them', async () => {
    const { id } = await check(SHOP.replace(' old: Int', ' older: Int'));
    const page = await open({ key: reader });
    await page.goto(`${base()}/checks/${id}`);
    expect(await textOf(page)).toContain('✗ failed');
    expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    await page.goto(`${base()}/launches/1`);
    expect(await page.getByRole('link', { name: /Roll back/ }).count()).toBe(0);
    const status = await page
      .evaluate(
        async (url) => (await fetch(url, { method: 'POST', body: new URLSearchParams({ forGood: 'yes' }) })).status,
        `/graph/${GRAPH}/variant/current/checks/${id}`,
      )
      .catch(() => 403);
    expect(status).toBe(403);
    const cookies = await page.context().cookies();
    const session = cookies.find(({ name }) => name === 'registry_session');
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    const post = (path: string, headers: Record<string, string>) =>
      fetch(`${base()}/${path}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: `registry_session=${session?.value}`, ...headers },
      });
    expect((await post(`checks/${id}`, {})).status).toBe(403);
    expect((await post('launches/1/rollback', {})).status).toBe(403);
    expect((await post('launches/1/rollback', { origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  test('speaks Korean to who prefers it, and English at a click', async () => {
    const page = await open({ locale: 'ko-KR' });
    await page.goto(`${base()}/launches`);
    expect(await page.locator('nav.tabs').innerText()).toMatch(/출시.*검사.*스키마/s);
    expect(await textOf(page)).toContain('서비스 중');
    await page.getByRole('button', { name: 'English' }).click();
    expect(page.url()).toBe(`${base()}/launches`);
    expect(await page.locator('nav.tabs').innerText()).toMatch(/Launches.*Checks/s);
  });

  test('fits a phone', async () => {
    const { id } = await check(SHOP.replace(' price: Int!', ' Price: Int!'));
    const page = await open({ width: 360, height: 740 });
    const paths = [
      'launches',
      'launches/4',
      'launches/4?with=1',
      'checks',
      `checks/${id}`,
      'schema',
      'schema/Product',
      'subgraphs',
      'operations',
      `operations/${operationId}`,
      'persisted-queries',
    ];
    for (const path of paths) {
      await page.goto(`${base()}/${path}`);
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 360]);
    }
  });

  test('rolls back after asking', async () => {
    const page = await open();
    await page.goto(`${base()}/launches/2`);
    await page.getByRole('link', { name: 'Roll back to this launch' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await textOf(page)).toMatch(/#5 in service rolled back to #2 · by first key/);
  });

  test('says what is not there', async () => {
    const page = await open();
    const status = async (path: string) => (await page.goto(`${registry.url}${path}`))?.status();
    expect(await status(`/graph/${GRAPH}/variant/nothing/launches`)).toBe(404);
    expect(await textOf(page)).toContain('Variants nothing');
    expect(await status(`/graph/${GRAPH}/variant/current/launches/99`)).toBe(404);
    expect(await status(`/graph/${GRAPH}/variant/current/schema/Nothing`)).toBe(404);
    expect(await status('/graph/other')).toBe(403);
    expect(await status(`/graph/${GRAPH}/service-list`)).toBe(200);
  });
});

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
      {
        document: '{ products { name } }',
        operationName: `Named ${ATTACK}`,
        precision: 'exact',
        coordinates: ['Query.products', 'Product.name'],
        client: { name: 'ios', version: '1' },
        hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000),
        requests: 7,
        errors: 0,
        durationMs: 70,
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

  test('an approval for good holds for other branches, and all changes can be approved at once', async () => {
    const without = SHOP.replace(' price: Int!', '').replace(' name: String!', '');
    const { id } = await check(without);
    const page = await open();
    await page.goto(`${base()}/checks/${id}`);
    // The price may have been approved for this branch by then; the name still fails.
    expect(await page.locator('.verdict').innerText()).toContain('✗ failed');
    const onElsewhere = () =>
      registry.registry.services.checks.checkSubgraph(
        REF,
        { name: 'shop', sdl: without },
        {},
        {
          ...BY,
          git: { branch: 'elsewhere' },
        },
      );
    const elsewhere = await onElsewhere();
    expect(elsewhere.passed).toBe(false);
    await page.goto(`${base()}/checks/${elsewhere.id}`);
    expect(await textOf(page)).toMatch(/✗ failure FIELD_REMOVED .*Product\.(name|price)/);
    await page.getByRole('button', { name: 'Approve all for good' }).click();
    expect(await page.locator('.verdict').innerText()).toContain('✓ passed');
    expect((await onElsewhere()).passed).toBe(true);
  });

  test('shows why a proposal does not compose', async () => {
    const { id } = await check(SHOP.replace('name: String!', 'name: Missing!'));
    const page = await open();
    await page.goto(`${base()}/checks/${id}`);
    expect(await textOf(page)).toMatch(/✗ failed .*Composition ✗ failed .*Missing/);
    await page.getByRole('link', { name: 'Checks' }).click();
    expect(await page.locator('main li').first().innerText()).toContain('✗ failed');
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
    const { id } = await check(SHOP.replace(' old: Int', ' oldest: Int').replace(' name: String!', ' title: String!'));
    const page = await open();
    const dialogs: string[] = [];
    page.on('dialog', async (dialog) => {
      dialogs.push(dialog.message());
      await dialog.dismiss();
    });
    const paths = ['schema', 'schema/Product', 'operations', `operations/${operationId}`, `checks/${id}`];
    for (const path of [...paths, `schema?q=${encodeURIComponent(`"><img src=x>${ATTACK}`)}`]) {
      await page.goto(`${base()}/${path}`);
      expect([path, await page.locator('script, img').count(), await page.title()]).toEqual([
        path,
        0,
        expect.stringContaining('Schema registry'),
      ]);
    }
    await page.goto(`${base()}/operations`);
    expect(await textOf(page)).toContain(`web ${ATTACK}`);
    expect(await textOf(page)).toContain(`Named ${ATTACK}`);
    await page.goto(`${base()}/schema/Product`);
    expect(await textOf(page)).toContain(`상품 하나. ${ATTACK}`);
    expect(dialogs).toEqual([]);
  });

  test('a reader sees no buttons that change, and is refused without them', async () => {
    const { id } = await check(SHOP.replace(' old: Int', ' older: Int'));
    const page = await open({ key: reader });
    await page.goto(`${base()}/checks/${id}`);
    expect(await textOf(page)).toContain('✗ failed');
    expect(await page.getByRole('button', { name: /Approve/ }).count()).toBe(0);
    await page.goto(`${base()}/launches/1`);
    expect(await page.getByRole('link', { name: /Roll back/ }).count()).toBe(0);
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
    expect((await post(`checks/${id}`, { origin: registry.url })).status).toBe(403);
    expect((await post('launches/1/rollback', {})).status).toBe(403);
    await page.goto(`${base()}/checks/${id}`);
    expect(await textOf(page)).toContain('✗ failed');
    expect((await registry.registry.services.history.existing(REF)).launches).toBe(4);
    const rollback = await page.goto(`${base()}/launches/1/rollback`);
    expect(rollback?.status()).toBe(403);
    expect(await textOf(page)).toContain('this needs publish');
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
    const failed = await check(SHOP.replace('name: String!', 'name: Missing!'));
    const variant = await registry.registry.services.variants.find(REF);
    await registry.registry.services.variants.setReadme(String(variant?.id), `# Long ${'x'.repeat(300)}`);
    const paths = [
      'launches',
      'launches/3',
      'launches/4',
      'launches/4?with=1',
      'launches/1/rollback',
      'launches/99',
      'checks',
      `checks/${id}`,
      `checks/${failed.id}`,
      'schema',
      'schema?q=product',
      'schema/Product',
      'schema/Query',
      'subgraphs',
      'operations',
      `operations/${operationId}`,
      'persisted-queries',
      'readme',
    ].map((path) => `${base()}/${path}`);
    const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth');
    for (const locale of ['en-US', 'ko-KR']) {
      const nobody = await open({ key: null, locale, width: 360, height: 740 });
      expect(await width(nobody)).toBe(360);
      const page = await open({ locale, width: 360, height: 740 });
      for (const path of [`${registry.url}/graph/${GRAPH}`, `${registry.url}/graph/other`, ...paths]) {
        await page.goto(path);
        for (const summary of await page.locator('summary').all()) await summary.click();
        expect([path, await width(page)]).toEqual([path, 360]);
        // The box around the content must not hide what is too wide: only code scrolls, in its own box.
        const hidden = await page.evaluate(
          '[...document.querySelectorAll(".wide")].some((box) => box.scrollWidth > box.clientWidth)',
        );
        expect([path, hidden]).toEqual([path, false]);
      }
      await page.context().close();
    }
  });

  test('rolls back after asking', async () => {
    const page = await open();
    await page.goto(`${base()}/launches/2`);
    await page.getByRole('link', { name: 'Roll back to this launch' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    expect(await textOf(page)).toMatch(/#5 in service rolled back to #2 · by first key/);
    await page.goto(`${base()}/schema/Product`);
    expect(await textOf(page)).not.toContain('stock');
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LINK, PRODUCTS, REVIEWS, startTestRegistry, type TestRegistry } from './harness.ts';

let registry: TestRegistry;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry[Symbol.asyncDispose]());

const publish = async (
  ref: string,
  name: string,
  sdl: string,
  extra: string[] = ['--routing-url', `http://${name}/graphql`],
  options?: { key?: string },
) => {
  const file = await registry.file(`${name}.graphql`, sdl);
  return registry.rover(['subgraph', 'publish', ref, '--name', name, '--schema', file, ...extra], options);
};

/** A variant of its own with both subgraphs. */
async function published(variant: string): Promise<string> {
  const ref = `shop@${variant}`;
  for (const [name, sdl] of [
    ['products', PRODUCTS],
    ['reviews', REVIEWS],
  ] as const) {
    const result = await publish(ref, name, sdl);
    expect(result.stderr + result.stdout).toContain('created');
    expect(result.code).toBe(0);
  }
  return ref;
}

describe('subgraph publish', () => {
  test('creates, updates and leaves alone, and says which', async () => {
    const ref = await published('publish');
    const changed = await publish(ref, 'products', PRODUCTS.replace('price: Int!', 'price: Int! stock: Int'), []);
    expect(changed.code).toBe(0);
    expect(changed.stderr).toMatch(/products.*updated/s);
    expect(changed.stderr).toContain(`${registry.url}/graph/shop/variant/publish/launches/3`);
    const same = await publish(ref, 'products', PRODUCTS.replace('price: Int!', 'price: Int! stock: Int'), [
      '--format',
      'json',
    ]);
    expect(same.json.data).toMatchObject({ success: true, subgraph_was_created: false });
    expect(same.json.error).toBeNull();
  });

  test('keeps the SDL and the last good supergraph when the composition fails, loudly', async () => {
    const ref = await published('failing');
    const before = await registry.rover(['supergraph', 'fetch', ref]);
    const broken = await publish(ref, 'reviews', REVIEWS.replace('[Review!]!', '[Missing!]!'), ['--format', 'json']);
    expect(broken.json.error).toMatchObject({ code: 'E029' });
    expect(JSON.stringify(broken.json)).toContain('Unknown type Missing');
    const text = await publish(ref, 'reviews', REVIEWS.replace('[Review!]!', '[Missing!]!'), []);
    expect(text.stderr).toMatch(/error|WARN|failed/i);
    expect(text.stderr).toContain('Unknown type Missing');
    expect((await registry.rover(['supergraph', 'fetch', ref])).stdout).toBe(before.stdout);
    expect((await registry.rover(['subgraph', 'fetch', ref, '--name', 'reviews'])).stdout).toContain('Missing');
    const mended = await publish(ref, 'reviews', REVIEWS, []);
    expect(mended.code).toBe(0);
  });

  test('refuses what cannot be used, says where, and writes nothing', async () => {
    const ref = await published('refusals');
    const malformed = await publish(ref, 'products', 'type Query {\n  a: \n}', []);
    expect(malformed.code).toBe(1);
    expect(malformed.stderr).toMatch(/products.*line 3, column 1/s);
    const nameless = await publish(ref, '1st', PRODUCTS);
    expect(nameless.code).toBe(1);
    expect(nameless.stderr).toContain('subgraph name "1st" is not usable');
    const long = await publish(`shop@${'v'.repeat(200)}`, 'products', PRODUCTS);
    expect(long.code).not.toBe(0);
    expect(long.stderr).toMatch(/variant name|not valid|invalid/i);
    const big = await publish(ref, 'products', `${PRODUCTS}\n${'# filler\n'.repeat(1_200_000)}`, []);
    expect(big.code).toBe(1);
    expect(big.stderr).toMatch(/has \d+ bytes; at most/);
    const unknownGraph = await publish('nowhere@current', 'products', PRODUCTS);
    expect(unknownGraph.code).toBe(1);
    expect(unknownGraph.stderr).toContain('nowhere');
    const list = await registry.rover(['subgraph', 'list', ref, '--format', 'json']);
    expect((list.json.data.subgraphs as { name: string }[]).map(({ name }) => name).sort()).toEqual([
      'products',
      'reviews',
    ]);
  });

  test('publishes after the last subgraph was deleted', async () => {
    const ref = 'shop@emptied';
    expect((await publish(ref, 'products', PRODUCTS)).code).toBe(0);
    await registry.rover(['subgraph', 'delete', ref, '--name', 'products', '--confirm']);
    const again = await publish(ref, 'products', PRODUCTS);
    expect(again.stderr).toContain('created');
    expect(again.code).toBe(0);
  });

  test('loses none of many at once', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `part${index}`);
    const results = await Promise.all(
      names.map((name) => publish('shop@many', name, `${LINK}type Query { ${name}: Int }`)),
    );
    expect(results.map(({ code }) => code)).toEqual(names.map(() => 0));
    const { stdout } = await registry.rover(['supergraph', 'fetch', 'shop@many']);
    for (const name of names) expect(stdout).toContain(`${name}: Int @join__field(graph: ${name.toUpperCase()})`);
    const { data } = await registry.ask<{ graph: { variant: { launches: { number: number }[] } } }>(
      '{ graph(id: "shop") { variant(name: "many") { launches(first: 100) { number } } } }',
    );
    expect(data.graph.variant.launches.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

describe('keys', () => {
  test('an unknown key is refused in words that Rover shows', async () => {
    const ref = await published('keys');
    const wrong = await publish(ref, 'products', PRODUCTS, [], { key: 'service:shop:wrong' });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('did not recognize the provided API key');
    const whoami = await registry.rover(['config', 'whoami'], { key: 'service:shop:wrong' });
    expect(whoami.code).toBe(1);
    expect(whoami.stderr).toMatch(/E013/);
  });

  test('a key without the scope is told which one it needs', async () => {
    const ref = await published('scopes');
    const reader = await publish(ref, 'products', PRODUCTS, [], { key: await registry.key('read') });
    expect(reader.code).toBe(1);
    expect(reader.stderr).toContain('has the scope read; this needs publish');
    const list = await registry.rover(['subgraph', 'list', ref], { key: await registry.key('read') });
    expect(list.code).toBe(0);
    const router = await registry.rover(['subgraph', 'list', ref], { key: await registry.key('router') });
    expect(router.stderr).toContain('this needs read');
  });

  test('whoami shows the graph', async () => {
    const { code, json } = await registry.rover(['config', 'whoami', '--format', 'json']);
    expect(code).toBe(0);
    expect(json.data).toMatchObject({ success: true, key_type: 'Graph', graph_id: 'shop' });
  });
});

describe('subgraph list, fetch and delete', () => {
  test('list shows names, addresses and times', async () => {
    const ref = await published('list');
    const text = await registry.rover(['subgraph', 'list', ref]);
    expect(text.stdout).toContain('http://products/graphql');
    const { json } = await registry.rover(['subgraph', 'list', ref, '--format', 'json']);
    expect(json.data.subgraphs).toMatchObject([
      { name: 'reviews', url: 'http://reviews/graphql' },
      { name: 'products', url: 'http://products/graphql' },
    ]);
    const missing = await registry.rover(['subgraph', 'list', 'shop@missing']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/missing/);
  });

  test('fetch gives the SDL as it was published', async () => {
    const ref = await published('fetch');
    const { stdout, code } = await registry.rover(['subgraph', 'fetch', ref, '--name', 'products']);
    expect(code).toBe(0);
    expect(stdout.trim()).toBe(PRODUCTS.trim());
    const missing = await registry.rover(['subgraph', 'fetch', ref, '--name', 'nothing']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/E009.*nothing/s);
  });

  test('delete previews, deletes, and keeps the last good supergraph when the rest does not compose', async () => {
    const ref = await published('delete');
    const preview = await registry.rover(['subgraph', 'delete', ref, '--name', 'products'], { input: 'n\n' });
    expect(preview.stderr).toContain('products');
    expect((await registry.rover(['subgraph', 'fetch', ref, '--name', 'products'])).code).toBe(0);
    const done = await registry.rover([
      'subgraph',
      'delete',
      ref,
      '--name',
      'reviews',
      '--confirm',
      '--format',
      'json',
    ]);
    expect(done.json.data).toMatchObject({ success: true, supergraph_was_updated: true });
    const last = await registry.rover([
      'subgraph',
      'delete',
      ref,
      '--name',
      'products',
      '--confirm',
      '--format',
      'json',
    ]);
    expect(JSON.stringify(last.json)).toContain('no subgraph left');
    expect((await registry.rover(['supergraph', 'fetch', ref])).stdout).toContain('type Product');
    const missing = await registry.rover(['subgraph', 'delete', ref, '--name', 'nothing', '--confirm']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('There is no subgraph "nothing"');
  });
});

describe('supergraph fetch', () => {
  test('gives what is in service, or why there is nothing', async () => {
    const ref = await published('supergraph');
    const { stdout, code } = await registry.rover(['supergraph', 'fetch', ref]);
    expect(code).toBe(0);
    expect(stdout).toContain('@join__graph(name: "products", url: "http://products/graphql")');
    await publish('shop@neverbuilt', 'products', 'type Query { a: Missing }');
    const failed = await registry.rover(['supergraph', 'fetch', 'shop@neverbuilt']);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/E027.*Unknown type Missing/s);
  });
});

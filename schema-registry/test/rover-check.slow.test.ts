import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OwnReport } from '../src/modules/usage/own-report.ts';
import { LINK, PRODUCTS, REVIEWS, startTestRegistry, type TestRegistry } from './harness.ts';

let registry: TestRegistry;
let router: string;

beforeAll(async () => {
  registry = await startTestRegistry();
  router = await registry.key('router');
});
afterAll(() => registry[Symbol.asyncDispose]());

const TYPES = `
enum Sort { NEWEST CHEAPEST }
input Filter { sort: Sort text: String maxPrice: Int }
extend type Query { search(filter: Filter): [Product!]! foo: Int foobar: Int }
`;

async function published(variant: string, products = PRODUCTS + TYPES): Promise<string> {
  const ref = `shop@${variant}`;
  for (const [name, sdl] of [
    ['products', products],
    ['reviews', REVIEWS],
  ] as const) {
    const file = await registry.file(`${name}.graphql`, sdl);
    const args = [
      'subgraph',
      'publish',
      ref,
      '--name',
      name,
      '--schema',
      file,
      '--routing-url',
      `http://${name}/graphql`,
    ];
    expect((await registry.rover(args)).code).toBe(0);
  }
  return ref;
}

type Operation = Partial<OwnReport['operations'][number]> & { document: string; coordinates: string[] };

/** Reports use as the platform's gateway does. */
async function used(graphRef: string, ...operations: Operation[]): Promise<void> {
  const report: OwnReport = {
    graphRef,
    operations: operations.map((operation) => ({
      client: { name: 'web', version: '1.2' },
      hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000).toISOString(),
      requests: 10,
      errors: 0,
      durationMs: 12.5,
      ...operation,
    })),
  };
  const response = await fetch(`${registry.url}/usage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': router },
    body: JSON.stringify(report),
  });
  expect(await response.text()).toContain('tracesIgnored');
}

const check = async (ref: string, sdl: string, extra: string[] = [], env: NodeJS.ProcessEnv = {}) => {
  const file = await registry.file('proposed.graphql', sdl);
  return registry.rover(['subgraph', 'check', ref, '--name', 'products', '--schema', file, ...extra], { env });
};

interface Tasks {
  readonly operations?: {
    readonly task_status: string;
    readonly changes: { code: string; description: string; severity: string }[];
    readonly operation_check_count: number;
  };
}
const operationsOf = (json: { data: object; error: { details?: unknown } | null }) =>
  ((json.data as { tasks?: Tasks }).tasks ?? (json.error?.details as { tasks?: Tasks } | undefined)?.tasks)?.operations;

describe('the operations check', () => {
  test('passes with no traffic yet, and says so', async () => {
    const ref = await published('quiet');
    const result = await check(ref, PRODUCTS);
    expect(result.code).toBe(0);
    expect(result.stdout + result.stderr).toContain('no traffic was recorded yet');
    expect(result.stdout + result.stderr).toContain('/graph/shop/variant/quiet/checks/');
  });

  test('names the operations and clients that a removed field breaks, with their counts', async () => {
    const ref = await published('used');
    await used(
      ref,
      {
        document: 'query Prices { products { price } }',
        operationName: 'Prices',
        coordinates: ['Query.products', 'Product.price'],
      },
      { document: '{ foobar }', coordinates: ['Query.foobar'], client: { name: 'mobile', version: '3' } },
    );
    const removed = await check(ref, (PRODUCTS + TYPES).replace('price: Int! @tag(name: "internal")', ''));
    expect(removed.code).toBe(1);
    expect(removed.stdout + removed.stderr).toMatch(/E043/);
    expect(removed.stdout.replace(/\s+/g, ' ')).toMatch(/FIELD_REMOVED/);
    const json = (
      await check(ref, (PRODUCTS + TYPES).replace('price: Int! @tag(name: "internal")', ''), ['--format', 'json'])
    ).json;
    const change = operationsOf(json)?.changes.find(({ code }) => code === 'FIELD_REMOVED');
    expect(change).toMatchObject({ severity: 'FAIL' });
    expect(change?.description).toMatch(/`?Product\.price`?.*breaks Prices by web \(10 requests\)/);
  });

  test('asks for the very field: an unused one goes although one of a longer name is used', async () => {
    const ref = await published('exact');
    await used(ref, { document: '{ foobar }', coordinates: ['Query.foobar'] });
    expect((await check(ref, (PRODUCTS + TYPES).replace(' foo: Int', ''))).code).toBe(0);
    const other = await check(ref, (PRODUCTS + TYPES).replace(' foobar: Int', ''));
    expect(other.code).toBe(1);
    expect(other.stdout.replace(/\s+/g, ' ')).toContain('an anonymous operation by web');
  });

  test('tells input fields and enum values that variables named from those that they did not', async () => {
    const ref = await published('inputs');
    const document = 'query Find($filter: Filter) { search(filter: $filter) { id } }';
    await used(ref, {
      document,
      operationName: 'Find',
      coordinates: ['Query.search', 'Query.search(filter:)', 'Filter', 'Product.id'],
      inputs: { 'Filter.sort': 7, Sort: 7, 'Sort.NEWEST': 7 },
    });
    const sdl = PRODUCTS + TYPES;
    expect((await check(ref, sdl.replace(' maxPrice: Int', ''))).code).toBe(0);
    expect((await check(ref, sdl.replace(' CHEAPEST', ''))).code).toBe(0);
    const value = await check(ref, sdl.replace('NEWEST ', ''));
    expect(value.code).toBe(1);
    expect(value.stdout.replace(/\s+/g, ' ')).toContain('(7 requests)');
    expect((await check(ref, sdl.replace('sort: Sort ', ''))).code).toBe(1);
    expect((await check(ref, sdl.replace('text: String', 'text: String must: Int!'))).code).toBe(1);
  });

  test('heeds thresholds, windows and exclusions, of the command and of the settings', async () => {
    const ref = await published('thresholds');
    await used(
      ref,
      {
        document: 'query Rare { foo }',
        operationName: 'Rare',
        coordinates: ['Query.foo'],
        requests: 2,
        client: { name: 'old', version: '' },
      },
      { document: 'query Often { foobar }', operationName: 'Often', coordinates: ['Query.foobar'], requests: 998 },
    );
    const sdl = (PRODUCTS + TYPES).replace(' foo: Int', '');
    expect((await check(ref, sdl)).code).toBe(1);
    expect((await check(ref, sdl, ['--query-count-threshold', '3'])).code).toBe(0);
    const settings = (change: object) =>
      registry.ask<{ graph: { variant: { updateCheckSettings: object } } }>(
        'mutation($settings: CheckSettings!) { graph(id: "shop") { variant(name: "thresholds") { updateCheckSettings(settings: $settings) } } }',
        { settings: change },
      );
    await settings({ minPercentage: 1 });
    expect((await check(ref, sdl)).code).toBe(0);
    await settings({ minPercentage: 0, excludedClients: ['old'] });
    expect((await check(ref, sdl)).code).toBe(0);
    await settings({ excludedClients: [], excludedOperations: ['Rare'] });
    expect((await check(ref, sdl)).code).toBe(0);
    await settings({ excludedOperations: [], operationsCheck: false });
    expect((await check(ref, sdl)).code).toBe(0);
    const wrong = await settings({ windowDays: 0 });
    expect(wrong.errors?.[0]?.message).toContain('windowDays');
  });

  test('an approved change stays approved for its branch, or for good', async () => {
    const ref = await published('approvals');
    await used(ref, { document: '{ foo }', coordinates: ['Query.foo'] });
    const sdl = (PRODUCTS + TYPES).replace(' foo: Int', '');
    const on = (branch: string) =>
      check(ref, sdl, ['--format', 'json'], { APOLLO_VCS_BRANCH: branch, APOLLO_VCS_COMMIT: 'c0ffee' });
    const first = await on('feature');
    expect(first.code).toBe(1);
    const id = /checks\/([\w-]+)/.exec(first.stdout)?.[1];
    const approve = (forGood: boolean) =>
      registry.ask<{ graph: { approveCheck: { status: string } } }>(
        'mutation($id: ID!, $forGood: Boolean!) { graph(id: "shop") { approveCheck(id: $id, forGood: $forGood) { status } } }',
        { id, forGood },
      );
    expect((await approve(false)).data.graph.approveCheck.status).toBe('PASSED');
    const again = await on('feature');
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('approved by first key');
    const elsewhere = await on('other');
    expect(elsewhere.code).toBe(1);
    const otherId = /checks\/([\w-]+)/.exec(elsewhere.stdout)?.[1];
    await registry.ask('mutation($id: ID!) { graph(id: "shop") { approveCheck(id: $id, forGood: true) { status } } }', {
      id: otherId,
    });
    expect((await on('third')).code).toBe(0);
  });
});

describe('composition, contracts and bad input', () => {
  test('a schema that does not compose fails with its errors', async () => {
    const ref = await published('composition');
    const result = await check(ref, PRODUCTS.replace('name: String!', 'name: Strin!'));
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/E029/);
    expect(result.stderr).toContain('Unknown type Strin');
  });

  test('a new subgraph is checked with the rest', async () => {
    const ref = await published('fresh');
    const file = await registry.file('fresh.graphql', `${LINK}type Query { fresh: Int }`);
    const result = await registry.rover([
      'subgraph',
      'check',
      ref,
      '--name',
      'fresh',
      '--schema',
      file,
      '--format',
      'json',
    ]);
    expect(result.code).toBe(0);
    expect(operationsOf(result.json)?.changes).toMatchObject([{ code: 'FIELD_ADDED', severity: 'PASS' }]);
  });

  test('malformed SDL and an unknown variant are refused, with the place', async () => {
    const ref = await published('malformed');
    const result = await check(ref, 'type Query { a: }');
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/products: line 1, column 17/);
    const big = await check(ref, `${PRODUCTS}\n${'# filler\n'.repeat(1_200_000)}`);
    expect(big.code).toBe(1);
    expect(big.stderr).toMatch(/has \d+ bytes; at most/);
    const window = await check(ref, PRODUCTS, ['--validation-period', '0s']);
    expect(window.code).toBe(0);
    const unknown = await check('shop@unknown', PRODUCTS);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain('unknown');
  });

  test('a key for publishing may check, a key for reading may not', async () => {
    const ref = await published('rights');
    const file = await registry.file('proposed.graphql', PRODUCTS);
    const args = ['subgraph', 'check', ref, '--name', 'products', '--schema', file];
    expect((await registry.rover(args, { key: await registry.key('publish') })).code).toBe(0);
    const refused = await registry.rover(args, { key: await registry.key('read') });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('this needs check');
  });
});

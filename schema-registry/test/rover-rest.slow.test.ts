import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LINK, PRODUCTS, startTestRegistry, type TestRegistry } from './harness.ts';

let registry: TestRegistry;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry[Symbol.asyncDispose]());

async function published(variant: string, sdl = PRODUCTS): Promise<string> {
  const ref = `shop@${variant}`;
  const file = await registry.file('published.graphql', sdl);
  const args = [
    'subgraph',
    'publish',
    ref,
    '--name',
    'products',
    '--schema',
    file,
    '--routing-url',
    'http://products/graphql',
  ];
  expect((await registry.rover(args)).code).toBe(0);
  return ref;
}

describe('graph commands, for a graph without subgraphs', () => {
  const SDL = 'type Query { hello: String old: Int }';

  test('publish, fetch, check and delete', async () => {
    const first = await registry.file('graph.graphql', SDL);
    const publish = await registry.rover(['graph', 'publish', 'shop@plain', '--schema', first]);
    expect(publish.code).toBe(0);
    expect(publish.stderr + publish.stdout).toContain('shop@plain');
    const fetched = await registry.rover(['graph', 'fetch', 'shop@plain']);
    expect(fetched.stdout.trim()).toBe(SDL);
    const next = await registry.file('next.graphql', 'type Query { hello: String new: Int }');
    const check = await registry.rover(['graph', 'check', 'shop@plain', '--schema', next, '--format', 'json']);
    expect(check.code).toBe(0);
    expect(JSON.stringify(check.json)).toContain('FIELD_REMOVED');
    const second = await registry.rover(['graph', 'publish', 'shop@plain', '--schema', next, '--format', 'json']);
    expect(second.json.data).toMatchObject({ success: true, field_changes: { additions: 1, removals: 1, edits: 0 } });
    const broken = await registry.file('broken.graphql', 'type Query { hello: Missing }');
    const refused = await registry.rover(['graph', 'publish', 'shop@plain', '--schema', broken]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('Unknown type "Missing"');
    const deleted = await registry.rover(['graph', 'delete', 'shop@plain', '--confirm']);
    expect(deleted.code).toBe(0);
    expect((await registry.rover(['graph', 'fetch', 'shop@plain'])).code).toBe(1);
  });

  test('a graph of subgraphs shows what clients see, and refuses a schema of its own', async () => {
    const ref = await published('composed');
    const fetched = await registry.rover(['graph', 'fetch', ref]);
    expect(fetched.stdout).toContain('type Product');
    expect(fetched.stdout).not.toContain('join__');
    const file = await registry.file('graph.graphql', SDL);
    const refused = await registry.rover(['graph', 'publish', ref, '--schema', file]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('is composed of subgraphs');
  });
});

describe('lint', () => {
  const OFFENDING = `${LINK}type Query { "A field." Bad_name: Int }\n"A type."\ntype bad_type @key(fields: "id") { "An id." id: ID! }\n`;

  test('tells rule, place and level; errors fail', async () => {
    await published('linted');
    const file = await registry.file('lint.graphql', OFFENDING);
    const result = await registry.rover([
      'subgraph',
      'lint',
      'shop@linted',
      '--name',
      'fresh',
      '--schema',
      file,
      '--format',
      'json',
    ]);
    expect(result.code).toBe(1);
    expect(result.json.error).toMatchObject({ code: 'E042' });
    expect(JSON.stringify(result.json)).toContain('FIELD_NAMES_SHOULD_BE_CAMEL_CASE');
    expect(JSON.stringify(result.json)).toContain('TYPE_NAMES_SHOULD_BE_PASCAL_CASE');
    const text = await registry.rover(['subgraph', 'lint', 'shop@linted', '--name', 'fresh', '--schema', file]);
    expect(text.stdout + text.stderr).toContain('Bad_name');
    const clean = await registry.file('clean.graphql', `${LINK}type Query { "A field." good: Int }`);
    expect((await registry.rover(['graph', 'lint', 'shop@linted', '--schema', clean])).code).toBe(0);
  });

  test('a check lints changed parts only', async () => {
    const ref = await published('lintcheck', OFFENDING);
    const same = await registry.file('same.graphql', `${OFFENDING}extend type Query { "Another." good: Int }`);
    const args = ['subgraph', 'check', ref, '--name', 'products', '--schema'];
    expect((await registry.rover([...args, same])).code).toBe(0);
    const worse = await registry.file('worse.graphql', `${OFFENDING}extend type Query { "Another." Worse: Int }`);
    const result = await registry.rover([...args, worse]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('Worse');
    expect(result.stdout).not.toContain('Bad_name');
  });
});

describe('persisted-queries publish', () => {
  const operation = (id: string, body: string, name = 'Products') => ({ id, body, name, type: 'query' });
  const manifest = (...operations: object[]) =>
    registry.file(
      'manifest.json',
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
  const publish = async (ref: string, file: string, ...extra: string[]) =>
    registry.rover(['persisted-queries', 'publish', ref, '--manifest', file, ...extra]);

  test('adds, says what is unchanged, and tells clients apart', async () => {
    const ref = await published('queries');
    const file = await manifest(operation('1', 'query Products { products { id } }'));
    const first = await publish(ref, file, '--format', 'json');
    expect(first.code).toBe(0);
    expect(first.json.data).toMatchObject({
      revision: 1,
      operation_counts: { added: 1, identical: 0 },
      unchanged: false,
    });
    const again = await publish(ref, file, '--format', 'json');
    expect(again.json.data).toMatchObject({ revision: 1, unchanged: true });
    const changed = await manifest(operation('1', 'query Products { products { name } }'));
    const conflict = await publish(ref, changed);
    expect(conflict.code).toBe(1);
    expect(conflict.stderr).toContain('An id stands for one body');
    const mobile = await publish(ref, changed, '--for-client-name', 'mobile', '--format', 'json');
    expect(mobile.json.data).toMatchObject({ revision: 2, operation_counts: { added: 1, unaffected: 1 } });
    const text = await publish(ref, changed, '--for-client-name', 'mobile');
    expect(text.stderr + text.stdout).toMatch(/unchanged|no changes/i);
  });

  test('takes Relay manifests', async () => {
    const ref = await published('relay');
    const file = await registry.file('relay.json', JSON.stringify({ abc: 'query Relay { products { id } }' }));
    const result = await publish(ref, file, '--manifest-format', 'relay', '--format', 'json');
    expect(result.json.data).toMatchObject({ operation_counts: { added: 1 } });
  });

  test.each([
    [
      'the same id twice',
      [operation('1', 'query A { products { id } }', 'A'), operation('1', 'query B { products { id } }', 'B')],
      /"B" \(id 1\) twice/,
    ],
    [
      'an operation that does not validate',
      [operation('1', 'query A { nothing }', 'A')],
      /"A" \(id 1\).*line 1, column 11.*Cannot query field "nothing"/s,
    ],
    [
      'a cyclic fragment',
      [operation('1', 'query A { products { ...F } } fragment F on Product { id ...F }', 'A')],
      /Cannot spread fragment "F" within itself/,
    ],
    ['a body that does not parse', [operation('1', 'query A {', 'A')], /"A" \(id 1\).*Syntax Error/s],
  ])('refuses %s, and stores nothing', async (what, operations, message) => {
    const ref = await published(`refused${what.length}`);
    const result = await publish(ref, await manifest(...operations));
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(message);
    const { data } = await registry.ask<{
      graph: { variant: { persistedQueryList: { revision: number; operations: object[] } } };
    }>(
      'query($name: String!) { graph(id: "shop") { variant(name: $name) { persistedQueryList { revision operations { id } } } } }',
      { name: ref.split('@')[1] },
    );
    expect(data.graph.variant.persistedQueryList).toEqual({ revision: 0, operations: [] });
  });

  test('a key without the scope is refused', async () => {
    const ref = await published('queryrights');
    const file = await manifest(operation('1', 'query Products { products { id } }'));
    const result = await registry.rover(['persisted-queries', 'publish', ref, '--manifest', file], {
      key: await registry.key('check'),
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('this needs publish');
  });
});

describe('readme', () => {
  test('publish and fetch', async () => {
    const ref = await published('readme');
    const file = await registry.file('README.md', '# Shop\n\nBuy things.\n');
    expect((await registry.rover(['readme', 'publish', ref, '--file', file])).code).toBe(0);
    expect((await registry.rover(['readme', 'fetch', ref])).stdout).toContain('Buy things.');
    const refused = await registry.rover(['readme', 'publish', ref, '--file', file], {
      key: await registry.key('read'),
    });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('this needs publish');
  });
});

describe('contracts', () => {
  const filter = ['--exclude-tag', 'internal', '--no-include-tags', '--hide-unreachable-types'];

  test('are published, described, delivered, and follow their source', async () => {
    const ref = await published('full');
    const made = await registry.rover(['contract', 'publish', 'shop@public', '--source-variant', 'full', ...filter]);
    expect(made.stderr + made.stdout).toContain('/launches/1');
    expect(made.code).toBe(0);
    const described = await registry.rover(['contract', 'describe', 'shop@public']);
    expect(described.stdout).toContain('Exclude tags: internal');
    const seen = await registry.rover(['graph', 'fetch', 'shop@public']);
    expect(seen.stdout).toContain('name: String!');
    expect(seen.stdout).not.toContain('price');
    await published('full', PRODUCTS.replace('name: String!', 'name: String! colour: String'));
    expect((await registry.rover(['graph', 'fetch', 'shop@public'])).stdout).toContain('colour');
    const supergraph = await registry.rover(['supergraph', 'fetch', 'shop@public']);
    expect(supergraph.stdout).toMatch(/price: Int! .*@inaccessible/);
    expect(ref).toBe('shop@full');
  });

  test('refuse what makes no sense, and fail the check of their source', async () => {
    await published('origin');
    const missing = await registry.rover([
      'contract',
      'publish',
      'shop@orphan',
      '--source-variant',
      'nowhere',
      ...filter,
    ]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('There is no source variant');
    const both = await registry.rover([
      'contract',
      'publish',
      'shop@both',
      '--source-variant',
      'origin',
      '--include-tag',
      'a',
      '--exclude-tag',
      'a',
      '--no-hide-unreachable-types',
    ]);
    expect(both.stderr).toContain('both included and excluded');
    expect(
      (await registry.rover(['contract', 'publish', 'shop@small', '--source-variant', 'origin', ...filter])).code,
    ).toBe(0);
    const file = await registry.file(
      'tagged.graphql',
      PRODUCTS.replace('type Query {', 'type Query @tag(name: "internal") {'),
    );
    const result = await registry.rover(['subgraph', 'check', 'shop@origin', '--name', 'products', '--schema', file]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('small');
    const direct = await registry.file('direct.graphql', PRODUCTS);
    const refused = await registry.rover([
      'subgraph',
      'publish',
      'shop@small',
      '--name',
      'products',
      '--schema',
      direct,
      '--routing-url',
      'http://x/graphql',
    ]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('is a contract');
  });
});

describe('api-key', () => {
  test('create, list, rename and delete', async () => {
    const created = await registry.rover(['api-key', 'create', 'shop', 'operator', 'ci', '--format', 'json']);
    expect(created.code).toBe(0);
    const text = JSON.stringify(created.json.data);
    const token = /service:shop:[\w-]+/.exec(text)?.[0] ?? '';
    expect((await registry.rover(['config', 'whoami'], { key: token })).code).toBe(0);
    const listed = await registry.rover(['api-key', 'list', 'shop', '--format', 'json']);
    const { keys } = listed.json.data as unknown as { keys: { id: string; name: string }[] };
    const key = keys.find(({ name }) => name === 'ci');
    expect(listed.stdout).not.toContain(token);
    const renamed = await registry.rover(['api-key', 'rename', 'shop', String(key?.id), 'pipeline']);
    expect(renamed.code).toBe(0);
    const deleted = await registry.rover(['api-key', 'delete', 'shop', String(key?.id)]);
    expect(deleted.stderr).not.toContain('error');
    expect(deleted.code).toBe(0);
    expect((await registry.rover(['config', 'whoami'], { key: token })).code).toBe(1);
    const missing = await registry.rover(['api-key', 'delete', 'shop', String(key?.id).replace(/^.{8}/, '00000000')]);
    expect(missing.code).toBe(1);
    const refused = await registry.rover(['api-key', 'list', 'shop'], { key: await registry.key('publish') });
    expect(refused.stderr).toContain('this needs admin');
  });

  test('a key of a subgraph writes no other', async () => {
    const ref = await published('limited');
    const config = await registry.file('keys.json', JSON.stringify({ shop: { limited: ['products'] } }));
    const created = await registry.rover([
      'api-key',
      'create',
      'shop',
      'subgraph',
      'only products',
      '--subgraph-config',
      config,
      '--format',
      'json',
    ]);
    expect(created.stderr).toBe('');
    expect(created.json.error).toBeNull();
    const token = /service:shop:[\w-]+/.exec(JSON.stringify(created.json.data))?.[0] ?? '';
    const file = await registry.file('own.graphql', PRODUCTS);
    const publish = (name: string) =>
      registry.rover(
        ['subgraph', 'publish', ref, '--name', name, '--schema', file, '--routing-url', 'http://x/graphql'],
        { key: token },
      );
    expect((await publish('products')).stderr).toContain('products');
    const refused = await publish('reviews');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('not the subgraph "reviews"');
  });
});

test('an operation that this registry does not know is answered by its name', async () => {
  const answer = await registry.ask<{ launchPad: null }>('query LaunchPadQuery { launchPad { id } }');
  expect(answer.data).toEqual({ launchPad: null });
  expect(answer.errors?.[0]?.message).toMatch(
    /does not know the operation LaunchPadQuery.*Cannot query field "launchPad"/,
  );
  const license = await registry.rover(['license', 'fetch', '--graph-id', 'shop']);
  expect(license.code).toBe(1);
});

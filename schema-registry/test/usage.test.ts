import { gzipSync } from 'node:zlib';
import { Report, Trace } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, LINK, startTestRegistry, type TestRegistry } from './harness.ts';

let registry: TestRegistry;
let key: string;

const SDL = `${LINK}enum Sort { NEWEST OLDEST } input Filter { sort: Sort text: String }
type Query { find(filter: Filter, first: Int): [Thing!]! other: Int } type Thing @key(fields: "id") { id: ID! name: String }`;
const BY = { actor: 'test', client: '', git: {} };

beforeAll(async () => {
  registry = await startTestRegistry();
  key = await registry.key('router');
});
afterAll(() => registry[Symbol.asyncDispose]());

const publish = (variant: string, sdl = SDL) =>
  registry.registry.services.subgraphs.publish(
    { graphId: GRAPH, variant },
    [{ name: 'things', url: 'http://things/graphql', sdl, revision: '' }],
    BY,
  );

const check = async (variant: string, sdl: string) => {
  const done = await registry.registry.services.checks.checkSubgraph(
    { graphId: GRAPH, variant },
    { name: 'things', sdl },
    {},
    BY,
  );
  return done.tasks.operations;
};

const post = async (route: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const response = await fetch(`${registry.url}${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key, ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
};

describe("Apollo's reports", () => {
  const report = (variant: string, signature: string, fields: Record<string, string[]>) =>
    Uint8Array.from(
      gzipSync(
        Report.encode({
          header: { graphRef: `${GRAPH}@${variant}` },
          endTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
          tracesPerQuery: {
            [signature]: {
              referencedFieldsByType: Object.fromEntries(
                Object.entries(fields).map(([type, fieldNames]) => [type, { fieldNames, isInterface: false }]),
              ),
              trace: [
                Trace.create({
                  clientName: 'ios',
                  clientVersion: '4',
                  durationNs: 5e6,
                  endTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
                }),
              ],
            },
          },
        }).finish(),
      ),
    );
  const gzip = { 'content-encoding': 'gzip', 'content-type': 'application/protobuf' };
  const FIND = '# Find\nquery Find($filter:Filter){find(filter:$filter){id}}';

  test('decide of output fields exactly, and of inputs by the document, saying so', async () => {
    await publish('apollo');
    const body = report('apollo', FIND, { Query: ['find'], Thing: ['id'] });
    expect(await post('/api/ingress/traces', body, gzip)).toMatchObject({ status: 200 });

    const field = await check('apollo', SDL.replace('id: ID! name: String', 'id: ID!'));
    expect(field?.status).toBe('PASSED');
    const used = await check('apollo', SDL.replace('filter: Filter, ', ''));
    expect(used?.changes[0]).toMatchObject({
      code: 'ARG_REMOVED',
      severity: 'FAILURE',
      affected: [{ name: 'Find', conservative: false }],
    });
    const unusedArgument = await check('apollo', SDL.replace(', first: Int', ''));
    expect(unusedArgument?.status).toBe('PASSED');

    // The report cannot say whether the filter named `sort`; the document does not exclude it.
    const input = await check('apollo', SDL.replace('sort: Sort ', ''));
    expect(input?.changes[0]).toMatchObject({
      code: 'FIELD_REMOVED_FROM_INPUT_OBJECT',
      severity: 'FAILURE',
      affected: [{ name: 'Find', conservative: true, clients: [{ name: 'ios', version: '4', requests: 1 }] }],
    });
    expect(input?.changes[0]?.description).toContain('judged by its document');
    expect(input?.notes.join(' ')).toContain('reported without its inputs');
    const value = await check('apollo', SDL.replace(' OLDEST', ''));
    expect(value?.changes[0]).toMatchObject({ code: 'VALUE_REMOVED_FROM_ENUM', severity: 'FAILURE' });
  });

  test.each([
    ['not protobuf', Uint8Array.from(gzipSync('this is no report')), gzip, 400],
    ['not gzip although it says so', Uint8Array.from(Buffer.from('plain')), gzip, 400],
    ['of a graph whose key it is not', undefined, { ...gzip, 'x-api-key': 'wrong' }, 401],
  ])('that are %s are refused and store nothing', async (_, body, headers, status) => {
    await publish('bad');
    const answer = await post('/api/ingress/traces', body ?? report('bad', FIND, { Query: ['find'] }), headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).error.message.length).toBeGreaterThan(20);
    expect((await check('bad', SDL.replace('filter: Filter, ', '')))?.requests).toBe(0);
  });

  test('of a variant that was never published are refused by name', async () => {
    const answer = await post('/api/ingress/traces', report('unheard', FIND, { Query: ['find'] }), gzip);
    expect(answer).toMatchObject({ status: 404, text: expect.stringContaining('shop@unheard') });
  });
});

describe("Hive's reports", () => {
  const FIND = 'query Find($filter:Filter){find(filter:$filter){id}}';
  const FIELDS = ['Query.find', 'Query.find.filter', 'Query.find.filter!', 'Filter.text', 'Filter.text!', 'Thing.id'];
  const report = (fields: string[], { operation = FIND, timestamp = Date.now(), client = 'web' } = {}) =>
    JSON.stringify({
      size: 1,
      map: { k: { operationName: 'Find', operation, fields } },
      operations: [
        {
          operationMapKey: 'k',
          timestamp,
          execution: { ok: true, duration: 2e6, errorsTotal: 0 },
          metadata: { client: { name: client, version: '1' } },
        },
      ],
    });
  const headers = () => ({ authorization: `Bearer ${key}`, 'x-usage-api-version': '2' });
  const requestsOf = async (variant: string) => (await check(variant, SDL))?.requests;

  test('are exact for inputs too, and come with a bearer token', async () => {
    await publish('hive');
    expect(await post(`/usage/${GRAPH}@hive`, report(FIELDS), headers())).toMatchObject({ status: 200 });
    expect((await check('hive', SDL.replace('sort: Sort ', '')))?.status).toBe('PASSED');
    expect((await check('hive', SDL.replace(' text: String', '')))?.status).toBe('FAILED');
    const required = await check('hive', SDL.replace('text: String }', 'text: String must: Int! }'));
    expect(required?.changes[0]).toMatchObject({
      code: 'NON_NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT',
      severity: 'FAILURE',
      affected: [{ name: 'Find', conservative: false, clients: [{ name: 'web', version: '1', requests: 1 }] }],
    });
  });

  test('count with those of other engines as one operation', async () => {
    await publish('both');
    const own = {
      document: `query Find($filter: Filter) { mine: find(filter: $filter) { id } }`,
      operationName: 'Find',
      coordinates: ['Filter', 'Query.find', 'Query.find(filter:)', 'Thing.id'],
      inputs: { 'Filter.text': 1 },
      client: { name: 'web', version: '1' },
      hour: new Date().toISOString(),
      requests: 1,
      errors: 0,
      durationMs: 1,
    };
    await post('/usage', JSON.stringify({ graphRef: `${GRAPH}@both`, operations: [own] }));
    await post(`/usage/${GRAPH}@both`, report(FIELDS), headers());
    expect(await check('both', SDL)).toMatchObject({ requests: 2, checkedOperations: 1 });
  });

  test.each([
    ['the graph ref', '', `${GRAPH}@target`],
    ["a target of Hive's form, with the prefix that it asks of a token", 'hvo1/', `acme/${GRAPH}/target`],
    ['a target whose slashes are escaped', 'hvo1/', `acme%2F${GRAPH}%2Ftarget`],
  ])('name the variant by %s', async (_, prefix, target) => {
    await publish('target');
    const before = (await requestsOf('target')) ?? 0;
    const authorization = `Bearer ${prefix}${key}`;
    expect(await post(`/usage/${target}`, report(FIELDS), { authorization })).toMatchObject({ status: 200 });
    expect(await requestsOf('target')).toBe(before + 1);
  });

  test('may be packed', async () => {
    await publish('packed');
    const body = Uint8Array.from(gzipSync(report(FIELDS)));
    const answer = await post(`/usage/${GRAPH}@packed`, body, { ...headers(), 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 200 });
    expect(await requestsOf('packed')).toBe(1);
  });

  const SECONDS = Math.floor(Date.now() / 1000);
  test.each<[string, number, RegExp, string | Uint8Array<ArrayBuffer>, Record<string, string>?, string?]>([
    ['no JSON', 400, /not JSON in UTF-8/, '{"size":'],
    ['no UTF-8', 400, /not JSON in UTF-8/, Uint8Array.from([0x22, 0xff, 0x22])],
    ['empty', 400, /empty/, ''],
    ['no report', 400, /\.map: /, '{"size":1}'],
    ['of another version', 400, /version "1".*send version 2/, report(FIELDS), { 'x-usage-api-version': '1' }],
    ['packed otherwise than they say', 400, /gzip/, report(FIELDS), { 'content-encoding': 'gzip' }],
    ['packed in a way that is not known', 400, /"br" is not supported/, report(FIELDS), { 'content-encoding': 'br' }],
    [
      'too large when unpacked',
      400,
      /larger than 20 MB/,
      Uint8Array.from(gzipSync(Buffer.alloc(21 << 20))),
      { 'content-encoding': 'gzip' },
    ],
    ['too large', 413, /bytes/, ' '.repeat(21 << 20)],
    ['of no field', 400, /"Query\.a b" is not a schema coordinate/, report(['Query.a b'])],
    ['without an entry in map', 400, /operations\[0\].*"k".*no entry in map/, report(FIELDS).replace('"k":', '"j":')],
    ['of seconds where milliseconds stand', 400, /unit of timestamps/, report(FIELDS, { timestamp: SECONDS })],
    ['of next week', 400, /clock/, report(FIELDS, { timestamp: Date.now() + 7 * 86_400_000 })],
    ['without a token', 401, /key/i, report(FIELDS), { authorization: '' }],
    ['with a wrong token', 401, /key/i, report(FIELDS), { authorization: 'Bearer nonsense' }],
    ['of a target that is none', 400, /"a%2Fb" is neither/, report(FIELDS), {}, 'a%2Fb'],
    ['of a target that is no text', 400, /"%E0%A4%A" is neither/, report(FIELDS), {}, '%E0%A4%A'],
    ['of a variant that was never published', 404, /shop@unheard/, report(FIELDS), {}, `${GRAPH}@unheard`],
  ])(
    'that are %s are refused with the reason, and store nothing',
    async (_, status, told, body, more = {}, target = `${GRAPH}@refused`) => {
      await publish('refused');
      const answer = await post(`/usage/${target}`, body, { ...headers(), ...more });
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.text).error.message).toMatch(told);
      expect(await requestsOf('refused')).toBe(0);
    },
  );

  test('need the right to report', async () => {
    await publish('refused');
    const authorization = `Bearer ${await registry.key('read')}`;
    const answer = await post(`/usage/${GRAPH}@refused`, report(FIELDS), { authorization });
    expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('this needs router') });
  });

  test.each([
    ['a client whose name no database keeps', { client: 'w\u0000b' }],
    ['a document that is no GraphQL', { operation: 'query Find {' }],
    ['a document too deep to be read', { operation: `${'{ other '.repeat(12_000)}${'}'.repeat(12_000)}` }],
  ])('of %s are not stored, and stop no report of others', async (_, odd) => {
    await publish('mixed');
    const before = (await requestsOf('mixed')) ?? 0;
    const answers = await Promise.all([
      post(`/usage/${GRAPH}@mixed`, report(FIELDS, odd), headers()),
      post(`/usage/${GRAPH}@mixed`, report(FIELDS), headers()),
    ]);
    for (const { status } of answers) expect(status).toBe(200);
    expect(await requestsOf('mixed')).toBe(before + 1);
  });
});

describe('our own reports', () => {
  const record = (document: string, coordinates: string[]) => ({
    document,
    coordinates,
    client: { name: 'web', version: '1' },
    hour: new Date().toISOString(),
    requests: 1,
    errors: 0,
    durationMs: 1,
  });

  test('sent at once, hundreds of them, are all counted, and keep nobody from publishing', async () => {
    await publish('flood');
    const body = JSON.stringify({ graphRef: `${GRAPH}@flood`, operations: [record('{ other }', ['Query.other'])] });
    const reports = Array.from({ length: 400 }, () => post('/usage', body));
    await publish('flood', SDL.replace('other: Int', 'other: Int more: Int'));
    for (const { status } of await Promise.all(reports)) expect(status).toBe(200);
    const operations = await check('flood', SDL.replace(' other: Int', ''));
    expect(operations).toMatchObject({ requests: 400, status: 'FAILED' });
  });

  test('that cannot be read are refused with the place', async () => {
    const answer = await post('/usage', JSON.stringify({ graphRef: `${GRAPH}@flood`, operations: [{ document: 1 }] }));
    expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('operations.0.document') });
    const scope = await post('/usage', JSON.stringify({ graphRef: `${GRAPH}@flood`, operations: [] }), {
      'x-api-key': await registry.key('read'),
    });
    expect(scope).toMatchObject({ status: 403, text: expect.stringContaining('this needs router') });
  });

  test('are forgotten after their time', async () => {
    await publish('old');
    await post(
      '/usage',
      JSON.stringify({ graphRef: `${GRAPH}@old`, operations: [record('{ other }', ['Query.other'])] }),
    );
    const { retention, usageStore, variants } = registry.registry.services;
    const variant = await variants.find({ graphId: GRAPH, variant: 'old' });
    await retention.run();
    expect(await usageStore.countOperations(String(variant?.id))).toBe(1);
    expect(await retention.run(new Date(Date.now() + 91 * 86_400_000))).toBeGreaterThanOrEqual(2);
    expect(await usageStore.countOperations(String(variant?.id))).toBe(0);
  });

  test('a document that the list of changes accuses and that stays valid is let go', async () => {
    const union = `${LINK}type Query { found: Found here: A } union Found = A | B type A { a: Int } type B { b: Int }`;
    await publish('union', union);
    const report = (document: string, coordinates: string[]) =>
      post('/usage', JSON.stringify({ graphRef: `${GRAPH}@union`, operations: [record(document, coordinates)] }));
    await report('{ here { ... on A { a } } }', ['Query.here', 'A', 'A.a']);
    const gone = union.replace('Found = A | B', 'Found = B');
    expect((await check('union', gone))?.status).toBe('PASSED');
    await report('query Both { found { ... on A { a } } }', ['Query.found', 'A', 'A.a']);
    expect((await check('union', gone))?.changes[0]).toMatchObject({
      severity: 'FAILURE',
      affected: [{ requests: 1 }],
    });
  });
});

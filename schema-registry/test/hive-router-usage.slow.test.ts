import { hiveRouterProgram, type RunningHiveRouter, startHiveRouter } from '@community/testing/hive-router';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { GRAPH, LINK, startTestRegistry, type TestRegistry } from './harness.ts';
import { fedByRegistry } from './hive-router.ts';
import { type ServedSubgraph, serveSubgraph } from './subgraph.ts';

const SDL = `${LINK}enum Sort { NEWEST OLDEST } enum State { OPEN CLOSED }
input Range { from: Int to: Int } input Filter { sort: Sort text: String range: Range }
union Found = Thing | Other type Other @key(fields: "id") { id: ID! note: String }
type Query { find(filter: Filter, first: Int, after: String): [Thing!]! found: [Found!]! }
type Thing @key(fields: "id") { id: ID! name: String price: Int state: State }`;
const BY = { actor: 'test', client: '', git: {} };
const WEB = `query List($filter: Filter) { find(filter: $filter, first: 7) { id name state } }`;
const IOS = `query Cheap { cheap: find(after: "a secret") { price } found { ... on Thing { id } } }`;

// Without HIVE_ROUTER_BIN there is no Hive Router to start.
describe.skipIf(!hiveRouterProgram())('Hive Router', () => {
  let registry: TestRegistry;
  let things: ServedSubgraph;
  let router: RunningHiveRouter;
  let key: string;
  const graphRef = `${GRAPH}@current`;

  async function rover(sdl: string) {
    const file = await registry.file('proposed.graphql', sdl);
    const run = await registry.rover(['subgraph', 'check', graphRef, '--name', 'things', '--schema', file]);
    return { code: run.code, text: run.stdout.replace(/\s+/g, ' ') };
  }

  async function ask(client: string, query: string, variables: object = {}, { url } = router): Promise<void> {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollographql-client-name': client,
        'apollographql-client-version': '7',
      },
      body: JSON.stringify({ query, variables }),
    });
    expect(await response.json()).not.toHaveProperty('errors');
  }

  beforeAll(async () => {
    registry = await startTestRegistry();
    await registry.registry.services.subgraphs.publish(
      { graphId: GRAPH, variant: 'current' },
      [{ name: 'things', url: 'http://things/graphql', sdl: SDL, revision: '' }],
      BY,
    );
    const thing = { __typename: 'Thing', id: '1', name: 'one', price: 3, state: 'OPEN' };
    things = await serveSubgraph(SDL, { Query: { find: () => [thing], found: () => [thing] } });
    key = await registry.key('router');
    router = await startHiveRouter(fedByRegistry({ registryUrl: registry.url, key, graphRef, things: things.url }));
    for (let times = 0; times < 3; times++) await ask('web', WEB, { filter: { range: { from: 1 } } });
    await ask('ios', IOS);
    await until(
      async () => (await rover(SDL.replace(' price: Int', ''))).code === 1,
      'the reported use failing a check',
      30_000,
    );
  }, 180_000);
  afterAll(async () => {
    await router?.stop();
    await things?.close();
    await registry?.[Symbol.asyncDispose]();
  });

  test.each([
    ['a field', ' price: Int', '', /FIELD_REMOVED.*`Thing\.price` was removed: breaks Cheap by ios \(1 request\)/],
    ['an argument', 'first: Int, ', '', /ARG_REMOVED.*`Query\.find\(first:\)`.*breaks List by web \(3 requests\)/],
    ['another’s argument', ', after: String', '', /ARG_REMOVED.*`Query\.find\(after:\)`.*breaks Cheap by ios/],
    ['an input field of a variable', 'from: Int ', '', /FIELD_REMOVED_FROM_INPUT_OBJECT.*breaks List by web/],
    [
      'a type that an input is given',
      'text: String range',
      'text: String must: Int! range',
      /NON_NULLABLE.*List by web/,
    ],
    ['a member of a union', 'Thing | Other', 'Other', /TYPE_REMOVED_FROM_UNION.*breaks Cheap by ios/],
  ])('tells who uses %s, so that its loss fails a check by name', async (_, old, now, told) => {
    const { code, text } = await rover(SDL.replace(old, now));
    expect(text).toMatch(told);
    expect(code).toBe(1);
  });

  test.each([
    ['a field', ' note: String', ''],
    ['an input field', 'text: String ', ''],
    ['an input field beside one that is sent', ' to: Int', ''],
    ['a value that nobody sends', ' OLDEST', ''],
    ['a value that clients only receive', ' CLOSED', ''],
    ['an added optional argument', 'after: String', 'after: String before: String'],
  ])('lets go what nobody uses: %s', async (_, old, now) => {
    const { code, text } = await rover(SDL.replace(old, now));
    expect(text).not.toContain('breaks');
    expect(code).toBe(0);
  });

  it('may name the variant by a target of three names, with the prefix that it asks of tokens then', async () => {
    const fed = fedByRegistry({ registryUrl: registry.url, key, graphRef, things: things.url });
    const usage_reporting = { ...fed.telemetry.hive.usage_reporting, endpoint: `${registry.url}/usage` };
    const hive = { token: `hvo1/${key}`, target: `acme/${GRAPH}/current`, usage_reporting };
    const targeted = await startHiveRouter({ ...fed, telemetry: { ...fed.telemetry, hive } });
    try {
      await ask('tv', 'query Notes { found { ... on Other { note } } }', {}, targeted);
      const noted = async () => (await rover(SDL.replace(' note: String', ''))).text;
      await until(async () => (await noted()).includes('breaks Notes by tv'), 'its use failing a check', 30_000);
    } finally {
      await targeted.stop();
    }
  });

  it('is told by its log when the registry refuses its reports, and serves on', async () => {
    const fed = fedByRegistry({ registryUrl: registry.url, key, graphRef, things: things.url });
    const hive = { ...fed.telemetry.hive, token: await registry.key('read') };
    const refused = await startHiveRouter({ ...fed, telemetry: { ...fed.telemetry, hive } });
    try {
      await ask('web', WEB, {}, refused);
      await until(
        () => /Failed to flush usage reports.*Forbidden/.test(refused.output()),
        'the refusal being told',
        30_000,
      );
      await ask('web', WEB, {}, refused);
    } finally {
      await refused.stop();
    }
  });
});

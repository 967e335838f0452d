import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, PRODUCTS, REVIEWS, startTestRegistry, type TestRegistry } from './harness.ts';

let registry: TestRegistry;
let router: string;

beforeAll(async () => {
  registry = await startTestRegistry();
  router = await registry.key('router');
});
afterAll(() => registry[Symbol.asyncDispose]());

const BY = { actor: 'test', client: '', git: {} };

async function publish(variant: string, subgraphs: Record<string, string>) {
  return registry.registry.services.subgraphs.publish(
    { graphId: GRAPH, variant },
    Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `http://${name}/graphql`, sdl, revision: '' })),
    BY,
  );
}

interface Answer {
  readonly __typename: string;
  readonly id?: string;
  readonly code?: string;
  readonly message?: string;
  readonly supergraphSDL?: string;
  readonly minDelaySeconds?: number;
  readonly chunks?: { id: string; urls: string[] }[] | null;
  readonly entitlement?: { jwt: string } | null;
}

/** As the Apollo Router 2.17 sends it. */
const CONFIG = `query SupergraphSdlQuery($apiKey: String!, $graph_ref: String!, $ifAfterId: ID) {
  routerConfig(ref: $graph_ref, apiKey: $apiKey, ifAfterId: $ifAfterId) {
    __typename
    ... on RouterConfigResult { id supergraphSDL minDelaySeconds }
    ... on Unchanged { id minDelaySeconds }
    ... on FetchError { code message }
  }
}`;
const QUERIES = `query PersistedQueriesManifestQuery($apiKey: String!, $graph_ref: String!, $ifAfterId: ID) {
  persistedQueries(ref: $graph_ref, apiKey: $apiKey, ifAfterId: $ifAfterId) {
    __typename
    ... on PersistedQueriesResult { id minDelaySeconds chunks { id urls } }
    ... on Unchanged { id minDelaySeconds }
    ... on FetchError { code message }
  }
}`;
const ENTITLEMENTS = `query LicenseQuery($apiKey: String!, $graph_ref: String!, $ifAfterId: ID) {
  routerEntitlements(ifAfterId: $ifAfterId, apiKey: $apiKey, ref: $graph_ref) {
    __typename
    ... on RouterEntitlementsResult { id minDelaySeconds entitlement { jwt } }
    ... on Unchanged { id minDelaySeconds }
    ... on FetchError { code message }
  }
}`;

async function poll(
  query: string,
  graphRef: string,
  ifAfterId: string | null = null,
  apiKey = router,
): Promise<Answer> {
  const { data } = await registry.uplink<{ data: Record<string, Answer> }>(query, {
    apiKey,
    graph_ref: graphRef,
    ifAfterId,
  });
  return Object.values(data)[0] as Answer;
}

describe('routerConfig', () => {
  test('gives the supergraph in service, then nothing until there is another', async () => {
    await publish('served', { products: PRODUCTS });
    const first = await poll(CONFIG, 'shop@served');
    expect(first).toMatchObject({ __typename: 'RouterConfigResult', minDelaySeconds: 10 });
    expect(first.supergraphSDL).toContain('@join__graph(name: "products"');
    expect(await poll(CONFIG, 'shop@served', first.id)).toMatchObject({ __typename: 'Unchanged', id: first.id });
    await publish('served', { reviews: REVIEWS });
    const second = await poll(CONFIG, 'shop@served', first.id);
    expect(second.__typename).toBe('RouterConfigResult');
    expect(second.supergraphSDL).toContain('latestReviews');
    await registry.registry.services.history.rollback({ graphId: GRAPH, variant: 'served' }, null, BY);
    const third = await poll(CONFIG, 'shop@served', second.id);
    expect(third).toMatchObject({ __typename: 'RouterConfigResult', id: first.id });
  });

  test('a failed launch changes nothing, and a publish without a change wakes no router', async () => {
    await publish('steady', { products: PRODUCTS });
    const { id } = await poll(CONFIG, 'shop@steady');
    await publish('steady', { reviews: 'type Query { a: Missing }' });
    expect((await poll(CONFIG, 'shop@steady', id)).__typename).toBe('Unchanged');
    await publish('steady', { reviews: 'type Query { a: Int }' });
    expect((await poll(CONFIG, 'shop@steady', id)).__typename).toBe('RouterConfigResult');
    const { id: now } = await poll(CONFIG, 'shop@steady');
    await publish('steady', { products: PRODUCTS });
    expect((await poll(CONFIG, 'shop@steady', now)).__typename).toBe('Unchanged');
  });

  test('asks to retry while there is nothing, and refuses keys that may not', async () => {
    expect(await poll(CONFIG, 'shop@nothing')).toMatchObject({ __typename: 'FetchError', code: 'RETRY_LATER' });
    expect(await poll(CONFIG, 'shop@nothing', null, 'wrong')).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(await poll(CONFIG, 'other@current')).toMatchObject({ code: 'ACCESS_DENIED' });
    const reader = await registry.key('read');
    expect((await poll(CONFIG, 'shop@nothing', null, reader)).message).toContain('routers need router');
    const response = await fetch(`${registry.url}/uplink`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': router },
      body: JSON.stringify({ query: CONFIG, variables: { apiKey: '', graph_ref: 'shop@nothing' } }),
    });
    expect(await response.text()).toContain('Uplink has it as the variable apiKey');
  });

  test('a poll that finds nothing new asks no database', async () => {
    await publish('cheap', { products: PRODUCTS });
    const { id } = await poll(CONFIG, 'shop@cheap');
    const statements = async () => {
      const text = await (await fetch(`${registry.url}/metrics`)).text();
      return Number(/^database_statements_total\{source="request"\} (\d+)/m.exec(text)?.[1] ?? 0);
    };
    const before = await statements();
    for (let poll_ = 0; poll_ < 50; poll_ += 1) await poll(CONFIG, 'shop@cheap', id);
    expect(await statements()).toBe(before);
  });
});

describe('persistedQueries', () => {
  const operation = (id: string, clientName = '') => ({
    id,
    body: `query Q${id} { products { id } }`,
    name: `Q${id}`,
    type: 'QUERY' as const,
    clientName,
  });
  const listOf = async (variant: string) => {
    const { services } = registry.registry;
    const found = await services.variants.find({ graphId: GRAPH, variant });
    const list = found?.listId ? await services.queryStore.byId(GRAPH, found.listId) : null;
    if (!list) throw new Error('every variant has a list');
    return list;
  };
  const manifest = async (answer: Answer) =>
    (
      await Promise.all(
        (answer.chunks ?? []).map(
          async ({ urls: [url = ''] }) => (await (await fetch(url)).json()) as { operations: object[] },
        ),
      )
    ).flatMap(({ operations }) => operations);

  test('gives no list, then chunks by revision, by id and client', async () => {
    await publish('pq', { products: PRODUCTS });
    expect(await poll(QUERIES, 'shop@pq')).toMatchObject({ chunks: null });
    const { persistedQueries } = registry.registry.services;
    await persistedQueries.publish(
      await listOf('pq'),
      [operation('1'), operation('1', 'mobile'), operation('2')],
      'test',
    );
    const first = await poll(QUERIES, 'shop@pq', 'none');
    expect(await manifest(first)).toEqual([
      { id: '1', body: 'query Q1 { products { id } }' },
      { id: '1', body: 'query Q1 { products { id } }', clientName: 'mobile' },
      { id: '2', body: 'query Q2 { products { id } }' },
    ]);
    expect((await poll(QUERIES, 'shop@pq', first.id)).__typename).toBe('Unchanged');
    const [url = ''] = first.chunks?.[0]?.urls ?? [];
    expect((await fetch(url)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(url.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(404);
  });

  test('a removed operation is served for its grace, and longer while clients send it', async () => {
    await publish('grace', { products: PRODUCTS });
    const { persistedQueries, queryStore, variants } = registry.registry.services;
    const list = await listOf('grace');
    await persistedQueries.publish(list, [operation('1'), operation('2'), operation('3')], 'test');
    const removed = await persistedQueries.remove(
      list,
      [
        { id: '1', clientName: '' },
        { id: '2', clientName: '' },
      ],
      'test',
      10,
    );
    expect(removed).toMatchObject({ revision: 2, removed: 2 });
    const day = (count: number) => new Date(Date.now() + count * 86_400_000);
    await persistedQueries.sweep(day(9));
    expect(await manifest(await poll(QUERIES, 'shop@grace'))).toHaveLength(3);
    const variant = await variants.find({ graphId: GRAPH, variant: 'grace' });
    await queryStore.noteUse(String(variant?.id), ['2'], day(10));
    await persistedQueries.sweep(day(11));
    expect((await manifest(await poll(QUERIES, 'shop@grace'))).map((query) => (query as { id: string }).id)).toEqual([
      '2',
      '3',
    ]);
    await persistedQueries.sweep(day(20));
    expect((await manifest(await poll(QUERIES, 'shop@grace'))).map((query) => (query as { id: string }).id)).toEqual([
      '3',
    ]);
    await expect(persistedQueries.remove(list, [{ id: '9', clientName: '' }], 'test')).rejects.toThrow(
      'no operation with the id "9"',
    );
  });
});

test('routerEntitlements is never an error, and null', async () => {
  expect(await poll(ENTITLEMENTS, 'shop@nothing', null, 'wrong')).toMatchObject({
    __typename: 'RouterEntitlementsResult',
    entitlement: null,
  });
});

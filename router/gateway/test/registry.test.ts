import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { FrontDoorServer } from '@community/front-door/server';
import { testConfig } from '@community/gateway/testing';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { graphql, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, startTestRegistry, type TestRegistry } from '../../../schema-registry/test/harness.ts';
import type { GatewayConfig } from '../src/config.ts';
import { EXEMPTION_HEADER, signExemption } from '../src/exemption.ts';
import { startGateway } from '../src/gateway.ts';

const SECRET = 'router-secret-of-tests-0123456789abcdef';
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const SDL = `${LINK}type Query { thing(kind: Kind, filter: Filter): Thing }
type Mutation { touch: Int }
enum Kind { BIG SMALL }
input Filter { text: String limit: Int }
type Thing @key(fields: "id") { id: ID! old: String }`;
const BY = { actor: 'test', client: '', git: {} };

let registry: TestRegistry;
let key: string;
let things: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  registry = await startTestRegistry();
  key = await registry.key('router');
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL.replace('old: String', 'old: String fresh: String')),
    resolvers: { Query: { thing: () => ({ id: '1', old: 'old', fresh: 'fresh' }) }, Mutation: { touch: () => 1 } },
  });
  things = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const body = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
});
afterAll(async () => {
  await things.close();
  await registry[Symbol.asyncDispose]();
});

async function publish(variant: string, sdl = SDL) {
  return registry.registry.services.subgraphs.publish(
    { graphId: GRAPH, variant },
    [{ name: 'things', url: 'http://things/graphql', sdl, revision: '' }],
    BY,
  );
}

const folder = () => mkdtempSync(path.join(tmpdir(), 'gateway-'));

/** A gateway that follows a variant, and starts from what is on disk. */
async function gatewayOf(
  variant: string,
  options: Partial<GatewayConfig> & { dir?: string; registryUrl?: string } = {},
): Promise<FrontDoorServer & AsyncDisposable & { dir: string; ask: typeof ask }> {
  const { dir = folder(), registryUrl = registry.url, ...config } = options;
  const supergraphPath = path.join(dir, 'supergraph.graphql');
  if (!options.dir) {
    const { launch } = await publish(variant);
    const [sdl = ''] = await registry.registry.services.documents.load([String(launch.supergraphHash)]);
    writeFileSync(supergraphPath, sdl);
  }
  const gateway = await startGateway(
    testConfig({
      supergraphPath,
      documentsPath: path.join(dir, 'documents.json'),
      subgraphUrls: { things: things.url },
      routerSecret: SECRET,
      registry: { registryUrl, key, graphRef: `${GRAPH}@${variant}` },
      ...config,
    }),
  );
  async function ask(body: object, headers: Record<string, string> = {}) {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return (await response.json()) as {
      data?: Record<string, unknown>;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
  }
  return { ...gateway, dir, ask, [Symbol.asyncDispose]: () => gateway.stop() };
}

const codeOf = (answer: { errors?: { extensions?: { code?: string } }[] }) => answer.errors?.[0]?.extensions?.code;

describe('the supergraph', () => {
  test('is followed, kept on disk, and served from there when the registry is away', async () => {
    const gateway = await gatewayOf('followed');
    await publish('followed', SDL.replace('old: String', 'old: String fresh: String'));
    await until(async () => (await gateway.ask({ query: '{ thing { fresh } }' })).data?.thing !== undefined);
    expect(readFileSync(path.join(gateway.dir, 'supergraph.graphql'), 'utf8')).toContain('fresh');
    await gateway.stop();
    await using again = await gatewayOf('followed', { dir: gateway.dir, registryUrl: 'http://127.0.0.1:9' });
    expect((await again.ask({ query: '{ thing { fresh } }' })).data).toEqual({ thing: { fresh: 'fresh' } });
  });
});

describe('usage', () => {
  test('tells exact coordinates, documents and clients, and no value of a variable', async () => {
    await using gateway = await gatewayOf('usage');
    const query = 'query Find($kind: Kind, $filter: Filter) { thing(kind: $kind, filter: $filter) { id } }';
    const headers = { 'apollographql-client-name': 'web', 'apollographql-client-version': '2.1' };
    await gateway.ask({ query, variables: { kind: 'BIG', filter: { text: 'my secret' } } }, headers);
    await gateway.ask({ query, variables: { kind: 'SMALL' } }, headers);
    await gateway.ask({ query: '{ __schema { queryType { name } } }' });
    await gateway.stop();
    const { usageStore, variants } = registry.registry.services;
    const variant = await variants.find({ graphId: GRAPH, variant: 'usage' });
    const window = {
      variantIds: [String(variant?.id)],
      from: new Date(Date.now() - 7_200_000),
      to: new Date(Date.now() + 3_600_000),
      excludedClients: [],
      excludedOperations: [],
    };
    const operations = await usageStore.operations(window, 10);
    expect(operations).toMatchObject([{ name: 'Find', document: query, requests: 2, precision: 'EXACT' }]);
    const counts = Object.fromEntries(
      (await usageStore.coordinateCounts(window)).map(({ coordinate, requests }) => [coordinate, requests]),
    );
    expect(counts).toMatchObject({
      'Query.thing': 2,
      'Query.thing(kind:)': 2,
      'Thing.id': 2,
      'Filter.text': 1,
      'Kind.BIG': 1,
      'Kind.SMALL': 1,
    });
    expect(counts).not.toHaveProperty('Filter.limit');
    expect(JSON.stringify([operations, counts])).not.toContain('my secret');
    const [client] = await usageStore.byClient(window, 10);
    expect(client).toMatchObject({ clientName: 'web', clientVersion: '2.1', requests: 2 });
  });
});

describe('persisted documents', () => {
  const QUERY = 'query Thing { thing { id } }';

  async function withDocuments(variant: string, options: Partial<GatewayConfig> = {}) {
    await publish(variant);
    const { services } = registry.registry;
    const found = await services.variants.find({ graphId: GRAPH, variant });
    const list = await services.queryStore.byId(GRAPH, String(found?.listId));
    if (!list) throw new Error('every variant has a list');
    const operation = { name: 'Thing', type: 'QUERY' as const };
    await services.persistedQueries.publish(
      list,
      [
        { ...operation, id: 'abc', body: QUERY, clientName: '' },
        { ...operation, id: 'abc', body: 'query Mobile { thing { old } }', clientName: 'mobile' },
        { ...operation, id: 'touch', type: 'MUTATION', body: 'mutation Touch { touch }', clientName: '' },
      ],
      'test',
    );
    const gateway = await gatewayOf(variant, options);
    await until(async () => (await gateway.ask({ documentId: 'abc' })).data !== undefined);
    return gateway;
  }

  test('are served by id, by POST and GET, for each client its own', async () => {
    await using gateway = await withDocuments('byid');
    const apollo = { extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } };
    expect((await gateway.ask(apollo)).data).toEqual({ thing: { id: '1' } });
    expect((await gateway.ask(apollo, { 'apollographql-client-name': 'mobile' })).data).toEqual({
      thing: { old: 'old' },
    });
    expect(codeOf(await gateway.ask({ documentId: 'nothing' }))).toBe('PERSISTED_QUERY_NOT_IN_LIST');
    expect(codeOf(await gateway.ask({ documentId: 'abc', query: '{ thing { old } }' }))).toBe(
      'PERSISTED_QUERY_MISMATCH',
    );
    expect((await gateway.ask({ query: '{ thing { old } }' })).data).toEqual({ thing: { old: 'old' } });
  });

  test('a GET by id may be cached where it is public, and never where it is a member’s or failed', async () => {
    await using gateway = await withDocuments('cache');
    const get = (search: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${gateway.port}/graphql?${search}`, { headers });
    const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: 'abc' } }));
    for (const search of ['documentId=abc', `extensions=${extensions}`]) {
      const response = await get(search);
      expect(await response.json()).toEqual({ data: { thing: { id: '1' } } });
      expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
      expect(response.headers.get('vary')).toContain('Authorization');
    }
    expect((await get('documentId=nothing')).headers.get('cache-control') ?? 'no-store').toContain('no-store');
    const mutation = await get('documentId=touch');
    expect(mutation.status).toBe(405);
    expect(mutation.headers.get('cache-control') ?? '').not.toContain('public');
    const free = await get(`query=${encodeURIComponent(QUERY)}`);
    expect(free.status).toBeGreaterThanOrEqual(400);
  });

  test('the safelist refuses every other document, but for a signed exemption', async () => {
    await using gateway = await withDocuments('safe', { safelist: 'enforce' });
    expect((await gateway.ask({ documentId: 'abc' })).data).toBeDefined();
    expect((await gateway.ask({ query: `  ${QUERY}\n` })).data).toEqual({ thing: { id: '1' } });
    const outside = { query: '{ thing { old } }' };
    expect(codeOf(await gateway.ask(outside))).toBe('PERSISTED_QUERY_REQUIRED');
    expect(codeOf(await gateway.ask(outside, { 'apollographql-client-name': 'admin' }))).toBe(
      'PERSISTED_QUERY_REQUIRED',
    );
    const exemption = (secret: string, days = 1) => ({ [EXEMPTION_HEADER]: signExemption(secret, 'operations', days) });
    expect((await gateway.ask(outside, exemption(SECRET))).data).toEqual({ thing: { old: 'old' } });
    expect(codeOf(await gateway.ask(outside, exemption('another-secret-0123456789abcdef')))).toBe(
      'PERSISTED_QUERY_REQUIRED',
    );
    expect(codeOf(await gateway.ask(outside, exemption(SECRET, -1)))).toBe('PERSISTED_QUERY_REQUIRED');
  });

  test('log lets them pass', async () => {
    await using gateway = await withDocuments('logged', { safelist: 'log' });
    expect((await gateway.ask({ query: '{ thing { old } }' })).data).toEqual({ thing: { old: 'old' } });
  });
});

import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { followUplink } from '@community/gateway/uplink';
import { createLog } from '@community/kit/log';
import { hiveRouterProgram, type RunningHiveRouter, startHiveRouter } from '@community/testing/hive-router';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GRAPH, LINK, startTestRegistry, type TestRegistry } from './harness.ts';
import { type ServedSubgraph, serveSubgraph } from './subgraph.ts';

const SDL = `${LINK}type Query { thing: Thing } type Mutation { touch: Int }
type Thing @key(fields: "id") { id: ID! old: String }`;
const GROWN = SDL.replace('old: String', 'old: String fresh: String');
const BY = { actor: 'test', client: '', git: {} };
const OLD = { id: 'old', name: 'Old', type: 'query', body: 'query Old { thing { id old } }' };
const FIRST = { id: 'first', name: 'First', type: 'query', body: 'query First { thing { id } }' };
const TOUCH = { id: 'touch', name: 'Touch', type: 'mutation', body: 'mutation Touch { touch }' };

interface Answer {
  readonly data?: unknown;
  readonly errors?: { message: string; extensions?: { code?: string } }[];
}
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;
const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

// Without HIVE_ROUTER_BIN there is no Hive Router to start.
describe.skipIf(!hiveRouterProgram())('persisted documents that a registry delivers to Hive Router', () => {
  let registry: TestRegistry;
  let things: ServedSubgraph;
  let folder: string;
  let documentsPath: string;
  let supergraphPath: string;
  let uplink: ReturnType<typeof followUplink>;
  let router: RunningHiveRouter;
  const graphRef = `${GRAPH}@current`;

  const publishSchema = (sdl: string) =>
    registry.registry.services.subgraphs.publish(
      { graphId: GRAPH, variant: 'current' },
      [{ name: 'things', url: 'http://things/graphql', sdl, revision: '' }],
      BY,
    );

  async function publish(...operations: (typeof OLD)[]): Promise<void> {
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations };
    const file = await registry.file('manifest.json', JSON.stringify(manifest));
    const run = await registry.rover(['persisted-queries', 'publish', graphRef, '--manifest', file]);
    expect(run.stderr).not.toContain('error');
    expect(run.code).toBe(0);
  }

  const settings = (documents: string, requireId: boolean) => ({
    supergraph: { source: 'file', path: supergraphPath, poll_interval: '200ms' },
    override_subgraph_urls: { subgraphs: { things: { url: `${things.url}/graphql` } } },
    persisted_documents: {
      enabled: true,
      require_id: requireId,
      storage: { type: 'file', path: documents, watch: true },
    },
  });

  async function post(body: object, url = router.url): Promise<Answer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  }
  const get = async (search: Record<string, string>) => {
    const response = await fetch(`${router.url}?${new URLSearchParams(search)}`, {
      headers: { accept: 'application/json' },
    });
    return { status: response.status, ...((await response.json()) as Answer) };
  };

  function put(file: string, content: string): void {
    writeFileSync(`${file}.new`, content);
    renameSync(`${file}.new`, file);
  }

  beforeAll(async () => {
    registry = await startTestRegistry();
    things = await serveSubgraph(GROWN, {
      Query: { thing: () => ({ id: '1', old: 'old', fresh: 'fresh' }) },
      Mutation: { touch: () => 1 },
    });
    await publishSchema(SDL);
    await publish(OLD, FIRST, TOUCH);
    folder = mkdtempSync(path.join(tmpdir(), 'documents-'));
    documentsPath = path.join(folder, 'documents.json');
    supergraphPath = path.join(folder, 'supergraph.graphql');
    const key = await registry.key('router');
    const log = createLog('test', 'silent');
    uplink = followUplink({ registryUrl: registry.url, key, graphRef, supergraphPath, documentsPath, log });
    await until(() => readFileSync(documentsPath, 'utf8').includes('touch'), 'the documents being delivered');
    router = await startHiveRouter(settings(documentsPath, true));
  }, 180_000);
  afterAll(async () => {
    await router?.stop();
    uplink?.stop();
    await things?.close();
    await registry?.[Symbol.asyncDispose]();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('are answered by id, by POST and by GET, and no mutation by GET', async () => {
    const data = { thing: { id: '1', old: 'old' } };
    expect(await post({ documentId: 'old' })).toEqual({ data });
    expect(await post(byHash('old'))).toEqual({ data });
    expect(await get({ documentId: 'old' })).toEqual({ status: 200, data });
    const { extensions } = byHash('old');
    expect(await get({ extensions: JSON.stringify(extensions) })).toEqual({ status: 200, data });
    expect(await post({ documentId: 'touch' })).toEqual({ data: { touch: 1 } });
    expect((await get({ documentId: 'touch' })).status).toBe(405);
  });

  it('are all that is answered where an id is required', async () => {
    expect(codeOf(await post({ query: OLD.body }))).toBe('PERSISTED_DOCUMENT_ID_REQUIRED');
    expect(codeOf(await get({ query: OLD.body }))).toBe('PERSISTED_DOCUMENT_ID_REQUIRED');
    expect(codeOf(await post({ documentId: 'unheard' }))).toBe('PERSISTED_DOCUMENT_NOT_FOUND');
  });

  it('come and go with the revisions of the list', async () => {
    const second = { ...OLD, id: 'second', name: 'Second', body: 'query Second { thing { old } }' };
    await publish(second);
    await until(async () => (await post({ documentId: 'second' })).data, 'an added document being served', 40_000);
    const { services } = registry.registry;
    const variant = await services.variants.find({ graphId: GRAPH, variant: 'current' });
    const list = await services.queryStore.byId(GRAPH, String(variant?.listId));
    if (!list) throw new Error('every variant has a list');
    await services.persistedQueries.remove(list, [{ id: 'first', clientName: '' }], 'test', 0);
    await until(
      async () => codeOf(await post({ documentId: 'first' })) === 'PERSISTED_DOCUMENT_NOT_FOUND',
      'a removed document being refused',
      40_000,
    );
    expect((await post({ documentId: 'second' })).data).toEqual({ thing: { old: 'old' } });
  }, 100_000);

  it('stay as they were while the file is none, and so does the supergraph', async () => {
    const ownDocuments = path.join(folder, 'own.json');
    const ownSupergraph = path.join(folder, 'own.graphql');
    const sdlOf = async (sdl: string) => {
      const { launch } = await publishSchema(sdl);
      return String((await registry.registry.services.documents.load([String(launch.supergraphHash)]))[0]);
    };
    put(ownDocuments, readFileSync(documentsPath, 'utf8'));
    put(ownSupergraph, await sdlOf(SDL));
    const running = await startHiveRouter({
      ...settings(ownDocuments, false),
      supergraph: { source: 'file', path: ownSupergraph, poll_interval: '200ms' },
    });
    try {
      const logs = (words: RegExp) => until(() => words.test(running.output()), String(words), 30_000);
      put(ownDocuments, '{"format": "apollo-persisted-query-mani');
      await logs(/persisted documents background reload failed.*own\.json/);
      expect((await post({ documentId: 'old' }, running.url)).data).toBeDefined();
      put(ownSupergraph, await sdlOf(GROWN));
      await logs(/Failed to build new supergraph data: Manifest error/);
      expect((await post({ documentId: 'old' }, running.url)).data).toBeDefined();

      put(ownDocuments, readFileSync(documentsPath, 'utf8'));
      await logs(/reloaded persisted documents manifest/);
      put(ownSupergraph, await sdlOf(GROWN.replace('fresh:', 'more: Int fresh:')));
      await until(async () => (await post({ query: '{ thing { fresh } }' }, running.url)).data, 'the next one', 30_000);
      expect((await post({ documentId: 'old' }, running.url)).data).toBeDefined();
    } finally {
      await running.stop();
    }
  }, 100_000);

  it.each([
    ['half a manifest', '{"format": "apollo-persisted-query-mani', /parse persisted documents manifest at/],
    ['an empty file', '', /parse persisted documents manifest at/],
    [
      'a manifest of a later version',
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2, operations: [] }),
      /version.*Expected '1', received '2'/,
    ],
  ])('leave it unready, with a clear word, when they are %s at its start', async (_, content, told) => {
    const own = path.join(folder, 'bad.json');
    writeFileSync(own, content);
    const unready = await startHiveRouter(settings(own, true), { probe: 'health' });
    try {
      await until(() => told.test(unready.output()), String(told), 30_000);
      expect((await fetch(new URL('/readiness', unready.url))).status).toBe(503);
      expect(codeOf(await post({ documentId: 'old' }, unready.url))).toBe('NO_SUPERGRAPH_AVAILABLE');
    } finally {
      await unready.stop();
    }
  });
});

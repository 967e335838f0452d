import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginUsageReporting } from '@apollo/server/plugin/usageReporting';
import { startStandaloneServer } from '@apollo/server/standalone';
import { freePort } from '@community/database/free-port';
import { startGateway } from '@community/gateway/gateway';
import { testConfig } from '@community/gateway/testing';
import { hiveRouterProgram, startHiveRouter } from '@community/testing/hive-router';
import { startProgram } from '@community/testing/program';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, startTestRegistry, type TestRegistry } from './harness.ts';
import { fedByRegistry } from './hive-router.ts';
import { type ServedSubgraph, serveSubgraph } from './subgraph.ts';

const SECRET = 'router-secret-of-tests-0123456789abcdef';
const ROUTER = process.env.APOLLO_ROUTER_BIN;
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const BASE = `${LINK}type Query { thing(size: Int): Thing } type Thing @key(fields: "id") { id: ID! old: String }`;
const GROWN = BASE.replace('old: String', 'old: String fresh: String');

interface Engine {
  readonly url: string;
  /** Sends what it knows of use, where it is not sent by itself. */
  flush?(): Promise<void>;
  stop(): Promise<void>;
}

let registry: TestRegistry;
let key: string;
let things: ServedSubgraph;
const variantOf = (engine: string) => engine.replaceAll(/[^a-z]/g, '');

beforeAll(async () => {
  registry = await startTestRegistry();
  key = await registry.key('router');
  things = await serveSubgraph(GROWN, { Query: { thing: () => ({ id: '1', old: 'old', fresh: 'fresh' }) } });
});
afterAll(async () => {
  await things.close();
  await registry[Symbol.asyncDispose]();
});

async function publish(variant: string, sdl: string): Promise<void> {
  const file = await registry.file(`${variant}.graphql`, sdl);
  const args = ['subgraph', 'publish', `${GRAPH}@${variant}`, '--name', 'things', '--schema', file];
  const { code, stderr } = await registry.rover([...args, '--routing-url', 'http://things/graphql']);
  expect(stderr).not.toContain('error');
  expect(code).toBe(0);
}

async function startOurs(variant: string): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
  const { stdout } = await registry.rover(['supergraph', 'fetch', `${GRAPH}@${variant}`]);
  const supergraphPath = path.join(folder, 'supergraph.graphql');
  writeFileSync(supergraphPath, stdout);
  const gateway = await startGateway(
    testConfig({
      supergraphPath,
      documentsPath: path.join(folder, 'documents.json'),
      subgraphUrls: { things: things.url },
      routerSecret: SECRET,
      registry: { registryUrl: registry.url, key, graphRef: `${GRAPH}@${variant}` },
    }),
  );
  return {
    url: `http://127.0.0.1:${gateway.port}/graphql`,
    async stop() {
      await gateway.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

async function startApolloGateway(variant: string): Promise<Engine> {
  const gateway = new ApolloGateway({
    uplinkEndpoints: [`${registry.url}/uplink`],
    // Names of the supergraph become addresses here as in the other engines.
    buildService: ({ url }) => new RemoteGraphQLDataSource({ url: url?.replace('http://things', things.url) }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const server = new ApolloServer({
    gateway,
    apollo: { key, graphRef: `${GRAPH}@${variant}` },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    plugins: [
      ApolloServerPluginUsageReporting({
        endpointUrl: registry.url,
        sendReportsImmediately: true,
        fieldLevelInstrumentation: 0,
      }),
    ],
  });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  return { url: `${url}graphql`, stop: () => server.stop() };
}

async function startApolloRouter(variant: string): Promise<Engine> {
  const [port, health] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}/`;
  const running = await startProgram(
    String(ROUTER),
    (folder) => {
      const config = path.join(folder, 'router.yaml');
      writeFileSync(
        config,
        `supergraph: { listen: 127.0.0.1:${port} }
health_check: { listen: 127.0.0.1:${health} }
override_subgraph_url: { things: ${things.url}/graphql }
telemetry: { apollo: { batch_processor: { scheduled_delay: 500ms } } }
`,
      );
      return {
        args: ['--config', config],
        env: {
          APOLLO_UPLINK_ENDPOINTS: `${registry.url}/uplink`,
          APOLLO_KEY: key,
          APOLLO_GRAPH_REF: `${GRAPH}@${variant}`,
          APOLLO_TELEMETRY_DISABLED: 'true',
          APOLLO_USAGE_REPORTING_INGRESS_URL: `${registry.url}/api/ingress/traces`,
          APOLLO_USAGE_REPORTING_OTLP_INGRESS_URL: `${registry.url}/api/ingress/otlp`,
        },
      };
    },
    async () => (await ask(url, '{ __typename }')).data !== undefined,
  );
  return { ...running, url };
}

const startHive = (variant: string): Promise<Engine> =>
  startHiveRouter(
    fedByRegistry({ registryUrl: registry.url, key, graphRef: `${GRAPH}@${variant}`, things: things.url }),
  );

/** Connections that a client of the load may have open: each can meet the reload of a router. */
const CONNECTIONS = 4;

async function ask(url: string, query: string, tries = CONNECTIONS): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollographql-client-name': 'shop-app',
        'apollographql-client-version': '7',
      },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Answer;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = (cause as { code?: string }).code;
    // The Apollo Router closes idle connections when it reloads. Browsers and proxies send again what met a connection
    // that was being closed, and so does this client, once for each connection; our own gateway never needs it, and gets
    // no second try.
    if (tries > 0 && url.endsWith('/') && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET'))
      return ask(url, query, tries - 1);
    return { data: undefined, errors: [{ message: `no answer: ${code} ${String(cause)}` }] };
  }
}

interface Answer {
  readonly data?: Record<string, unknown>;
  readonly errors?: { message: string }[];
}

describe.concurrent.each([
  ['our gateway', startOurs, false],
  ['@apollo/gateway', startApolloGateway, false],
  ['the Apollo Router', startApolloRouter, !ROUTER],
  ['Hive Router', startHive, !hiveRouterProgram()],
] as const)('%s', (name, start, absent) => {
  // Without APOLLO_ROUTER_BIN there is no Apollo Router to start, and without HIVE_ROUTER_BIN no Hive Router.
  test.skipIf(absent)(
    'starts from Uplink, takes a launch and a roll-back with no request dropped, and its usage decides the next check',
    async () => {
      const variant = variantOf(name);
      await publish(variant, BASE);
      const engine = await start(variant);
      try {
        let [running, asked] = [true, 0];
        const failures: unknown[] = [];
        const load = Array.from({ length: 3 }, async () => {
          while (running) {
            const answer = await ask(engine.url, 'query Steady { thing { id old } }');
            asked += 1;
            if (JSON.stringify(answer.data) !== '{"thing":{"id":"1","old":"old"}}') failures.push(answer);
          }
        });
        await until(() => asked > 20);
        const isFresh = async () => (await ask(engine.url, '{ thing { fresh } }')).errors === undefined;
        expect(await isFresh()).toBe(false);

        const published = Date.now();
        await publish(variant, GROWN);
        await until(isFresh, 'the launch being served', 30_000);
        const launchSeconds = (Date.now() - published) / 1000;
        const { data } = await registry.ask<{ graph: { rollback: { number: number } } }>(
          `mutation { graph(id: "${GRAPH}") { rollback(graphVariant: "${variant}") { number } } }`,
        );
        expect(data.graph.rollback.number).toBe(3);
        const rolledBack = Date.now();
        await until(async () => !(await isFresh()), 'the roll-back being served', 30_000);
        console.log(
          `${name}: launch ${launchSeconds.toFixed(1)} s, roll-back ${((Date.now() - rolledBack) / 1000).toFixed(1)} s, ${asked} requests`,
        );
        running = false;
        await Promise.all(load);
        expect(failures).toEqual([]);
      } finally {
        await engine.stop();
      }

      const file = await registry.file('proposed.graphql', BASE.replace(' old: String', ''));
      const check = ['subgraph', 'check', `${GRAPH}@${variant}`, '--name', 'things', '--schema', file];
      const result = await until(
        async () => {
          const done = await registry.rover(check);
          return done.code === 1 ? done : undefined;
        },
        'the reported usage failing the check',
        30_000,
      );
      expect(result?.stdout.replace(/\s+/g, ' ')).toMatch(/FIELD_REMOVED.*Steady by shop-app/);
      // What nobody used may go.
      const unused = await registry.file('unused.graphql', BASE.replace('(size: Int)', ''));
      const harmless = await registry.rover([...check.slice(0, -1), unused]);
      expect(harmless.code).toBe(0);
    },
    150_000,
  );
});

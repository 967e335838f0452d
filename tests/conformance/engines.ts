import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { freePort } from '@community/database/free-port';
import { ensurePersistedDocuments } from '@community/front-door/persisted-documents';
import { startGateway } from '@community/gateway/gateway';
import { testConfig } from '@community/gateway/testing';
import { startHiveRouter as startConfigured } from '@community/testing/hive-router';
import { startProgram } from '@community/testing/program';
import { hiveRouterConfig } from '../../router/hive-router/src/config.ts';

const SUPERGRAPH = 'router/supergraph.graphql';
const PASSED_ON = ['authorization', 'x-request-id', 'traceparent'];

/** What every engine is told: where the subgraphs are, and the secret by which they know their router. */
export interface Graph {
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly routerSecret: string;
}

export interface Engine {
  /** Of `/graphql`. */
  readonly url: string;
  /** Of the engine, when it is a process of its own. */
  readonly pid?: number | undefined;
  stop(): Promise<unknown>;
}

/** Our gateway; in the mode of development, unless told: introspection is part of what is compared. */
export async function startOurs(
  { subgraphUrls, routerSecret }: Graph,
  { production = false }: { production?: boolean } = {},
): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'engine-'));
  const documentsPath = path.join(folder, 'documents.json');
  const gateway = await startGateway(
    testConfig({ supergraphPath: SUPERGRAPH, documentsPath, subgraphUrls, routerSecret, production }),
  );
  return {
    url: `http://127.0.0.1:${gateway.port}/graphql`,
    async stop() {
      await gateway.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

interface FromClient extends Record<string, unknown> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Apollo's own gateway for Node. */
export async function startApolloGateway({ subgraphUrls, routerSecret }: Graph): Promise<Engine> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl: readFileSync(SUPERGRAPH, 'utf8'),
      buildService: ({ name }) =>
        new RemoteGraphQLDataSource<FromClient>({
          url: `${subgraphUrls[name]}/graphql`,
          willSendRequest({ request, context }) {
            request.http?.headers.set('x-router-secret', routerSecret);
            for (const [header, value] of Object.entries((context as FromClient).headers ?? {}))
              request.http?.headers.set(header, value);
          },
        }),
      logger,
    }),
    introspection: true,
    logger,
  });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({
      headers: Object.fromEntries(
        PASSED_ON.flatMap((name) => {
          const value = req.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        }),
      ),
    }),
  });
  return { url: `${url}graphql`, stop: () => server.stop() };
}

/** Whether a router answers. */
async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ __typename }"}',
  });
  return ((await response.json()) as { data?: object }).data !== undefined;
}

/** The real Apollo Router without a licence, by the configuration that this repository has for it. */
export async function startApolloRouter({ subgraphUrls, routerSecret }: Graph, program: string): Promise<Engine> {
  const [port, health] = [await freePort(), await freePort()];
  const addresses = Object.entries(subgraphUrls).map(([name, url]) => [`SUBGRAPH_URL_${name.toUpperCase()}`, url]);
  const url = `http://127.0.0.1:${port}/graphql`;
  const running = await startProgram(
    program,
    () => ({
      args: ['--config', 'router/apollo/router.yaml', '--supergraph', SUPERGRAPH],
      env: {
        ...Object.fromEntries(addresses),
        APOLLO_TELEMETRY_DISABLED: 'true',
        ROUTER_SECRET: routerSecret,
        ROUTER_LISTEN: `127.0.0.1:${port}`,
        ROUTER_HEALTH_LISTEN: `127.0.0.1:${health}`,
        ROUTER_INTROSPECTION: 'true',
      },
    }),
    () => answers(url),
  );
  return { ...running, url };
}

/** The real Hive Router, by the configuration that the platform gives it. */
export async function startHiveRouter({ subgraphUrls, routerSecret }: Graph, program: string): Promise<Engine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hive-router-'));
  const documentsPath = path.join(folder, 'documents.json');
  ensurePersistedDocuments(documentsPath);
  const engine = await startConfigured(
    hiveRouterConfig({
      ...{ host: '127.0.0.1', port: 0, supergraphPath: SUPERGRAPH, subgraphUrls, routerSecret, production: false },
      ...{ logLevel: 'warn', documentsPath, safelist: 'off' },
    }),
    { program },
  );
  return {
    ...engine,
    async stop() {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { hiveRouterProgram } from '@community/testing/hive-router';
import { startProgram } from '@community/testing/program';
import { describe, expect, it } from 'vitest';
import { startDoor } from './door.ts';
import { type MovedField, servedBy, startMovedField } from './moved-field.ts';
import { type MovingEngine, movedFieldSuite } from './moved-field-suite.ts';

const { HOME, HIVE_ROUTER_BIN, APOLLO_ROUTER_BIN } = process.env;

/** Hive Router as the platform runs it, behind a front door. */
async function startHiveRouter({ config }: MovedField, labels: readonly string[]): Promise<MovingEngine> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const addresses = Object.entries(config.subgraphUrls).map(([name, url]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    url,
  ]);
  const router = await startProgram(
    process.execPath,
    () => ({
      args: ['--import', 'tsx', 'router/hive-router/src/main.ts'],
      env: {
        ...{ HOME, HIVE_ROUTER_BIN, PORT: String(port), LOG_LEVEL: 'warn', NODE_ENV: 'production' },
        ...{ SUPERGRAPH_PATH: config.supergraphPath, ROUTER_SECRET: config.routerSecret },
        ...Object.fromEntries(addresses),
        OVERRIDE_LABELS: labels.join(','),
      },
    }),
    async () => (await fetch(`${base}/readiness`)).ok,
  );
  const door = await startDoor(base, config);
  return {
    url: door.url,
    async stop() {
      await door.stop();
      await router.stop();
    },
  };
}

/** The Apollo Router without a licence. */
async function startApolloRouter({ config }: MovedField, program: string) {
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}/graphql`;
  let sdl = readFileSync(config.supergraphPath, 'utf8');
  for (const [name, address] of Object.entries(config.subgraphUrls))
    sdl = sdl.replace(`http://${name}/graphql`, `${address}/graphql`);
  const operations = [
    { propagate: { named: 'authorization' } },
    { insert: { name: 'x-router-secret', value: config.routerSecret } },
  ];
  const running = await startProgram(
    program,
    (folder) => {
      const [settings, supergraph] = [path.join(folder, 'router.yaml'), path.join(folder, 'supergraph.graphql')];
      const health = { enabled: false };
      const said = {
        supergraph: { listen, path: '/graphql' },
        health_check: health,
        headers: { all: { request: { operations } } },
      };
      writeFileSync(settings, JSON.stringify(said));
      writeFileSync(supergraph, sdl);
      return {
        args: ['--config', settings, '--supergraph', supergraph, '--log', 'error'],
        env: { APOLLO_TELEMETRY_DISABLED: 'true' },
      };
    },
    async () => (await servedBy(url, null)) !== '',
  );
  return { ...running, url };
}

if (hiveRouterProgram()) movedFieldSuite('Hive Router', startHiveRouter);
else describe.skip('HIVE_ROUTER_BIN is not set', () => it('moves a field as our gateway does', () => {}));

if (APOLLO_ROUTER_BIN)
  it('the Apollo Router draws a percentage anew for each request of a member', async () => {
    const graph = await startMovedField('percent(50)');
    const router = await startApolloRouter(graph, APOLLO_ROUTER_BIN).catch(async (error) => {
      await graph.stop();
      throw error;
    });
    try {
      const [member = null] = graph.members(1);
      const by = new Set<string>();
      for (let i = 0; i < 60 && by.size < 2; i += 1) by.add(await servedBy(router.url, member));
      expect([...by].sort()).toEqual(['monolith', 'shop']);
    } finally {
      await router.stop();
      await graph.stop();
    }
  });
else it.skip('APOLLO_ROUTER_BIN is not set: how the Apollo Router draws a percentage', () => {});

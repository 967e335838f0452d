import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { composeSupergraph } from '@community/rover/compose';
import { hiveRouterProgram } from '@community/testing/hive-router';
import { type RunningProgram, startProgram } from '@community/testing/program';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'hive-router-faults-'));
const SDL = 'type Query { hello: String }';

function file(name: string, text: string): string {
  const at = path.join(folder, name);
  writeFileSync(at, text);
  return at;
}

describe.skipIf(!hiveRouterProgram())('Hive Router as a service', () => {
  let subgraph: Awaited<ReturnType<typeof serve>>;
  let supergraph: string;
  beforeAll(async () => {
    subgraph = await serve((request, response) => {
      request.resume();
      response.setHeader('content-type', 'application/json').end('{"data":{"hello":"hello"}}');
    });
    const composed = composeSupergraph([{ name: 'greeter', url: 'http://greeter/graphql', sdl: SDL }]);
    if ('errors' in composed) throw new Error(JSON.stringify(composed.errors));
    supergraph = composed.supergraph;
  });
  afterAll(() => subgraph.close());

  /** @param change of the environment that it is started with @throws Error with what it wrote, when it cannot start */
  async function start(change: NodeJS.ProcessEnv = {}): Promise<{ url: string; running: RunningProgram }> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { HOME, HIVE_ROUTER_BIN } = process.env;
    const env = {
      ...{ HOME, HIVE_ROUTER_BIN, PORT: String(port), LOG_LEVEL: 'warn', NODE_ENV: 'production' },
      ...{ ROUTER_SECRET: 'router-secret-of-tests-0123456789abcdef', SUBGRAPH_URL_GREETER: subgraph.url },
      SUPERGRAPH_PATH: file('supergraph.graphql', supergraph),
      ...change,
    };
    const running = await startProgram(
      process.execPath,
      () => ({ args: ['--import', 'tsx', 'router/hive-router/src/main.ts'], env }),
      async () => (await fetch(`${url}/readiness`)).ok,
    );
    onTestFinished(() => running.stop());
    return { url, running };
  }

  async function hello(url: string): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":"{ hello }"}' })).json();
  }

  it('starts from what is on disk while the registry is away, and says so', async () => {
    const registry = { REGISTRY_URL: 'http://127.0.0.1:9', REGISTRY_ROUTER_KEY: 'key', GRAPH_REF: 'graph@current' };
    const { url, running } = await start(registry);
    expect(await hello(url)).toEqual({ data: { hello: 'hello' } });
    await until(() => running.output().includes('what is on disk stays in service'));
  });

  it('says that its version is not the one that was tested, and serves', async () => {
    const program = file(
      'another-version',
      `#!/bin/sh\necho '{"version":"9.9.9"}'\nexec "${process.env.HIVE_ROUTER_BIN}"\n`,
    );
    chmodSync(program, 0o700);
    const { url, running } = await start({ HIVE_ROUTER_BIN: program });
    expect(await hello(url)).toEqual({ data: { hello: 'hello' } });
    const said = /"version":"9\.9\.9".*not the one that was tested/;
    await until(() => said.test(running.output()), 'the line of the log');
  });

  it.each([
    [
      'a supergraph that is written half',
      { SUPERGRAPH_PATH: () => file('half.graphql', supergraph.slice(0, -90)) },
      /SUPERGRAPH_PATH: .*half\.graphql cannot be used: Syntax Error/,
    ],
    [
      'a schema that is no supergraph',
      { SUPERGRAPH_PATH: () => file('schema.graphql', SDL) },
      /not a composed supergraph: compose one/,
    ],
    [
      'persisted documents that are none',
      { PERSISTED_DOCUMENTS_PATH: () => file('documents.json', '{"operations": [') },
      /PERSISTED_DOCUMENTS_PATH: .*documents\.json cannot be used/,
    ],
    ['a setting that it does not know', { SAFELIST: () => 'sometimes' }, /SAFELIST/],
    [
      'a program that is not there',
      { HIVE_ROUTER_BIN: () => '/nowhere/hive_router' },
      /Hive Router has ended by itself with exit code 127/,
    ],
  ])('does not start with %s, and says what is wrong', async (_, change, said) => {
    const env = Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value()]));
    await expect(start(env)).rejects.toThrow(said);
  });
});

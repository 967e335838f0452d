import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, PRODUCTS, startTestRegistry, type TestRegistry } from '../../schema-registry/test/harness.ts';

let registry: TestRegistry;
let folder: string;

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

beforeAll(async () => {
  registry = await startTestRegistry();
  folder = mkdtempSync(path.join(tmpdir(), 'plugin-'));
  write(
    'supergraph.yaml',
    'federation_version: =2.14.4\nsubgraphs:\n  bad:\n    routing_url: http://bad/graphql\n    schema: { file: ./bad.graphql }\n',
  );
  write('bad.graphql', 'type Query { bad: Missing }\n');
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('rover supergraph compose, offline', () => {
  const rover = (...args: string[]) =>
    new Promise<{ code: number; out: string; err: string }>((resolve) => {
      const env = { ...process.env, APOLLO_REGISTRY_URL: `${registry.url}/graphql`, APOLLO_KEY: registry.adminKey };
      execFile(process.execPath, ['--import', 'tsx', 'rover/bin/rover.ts', ...args], { env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  test('composes by our own composer', async () => {
    const { code, out } = await rover('supergraph', 'compose', '--config', 'rover/supergraph.yaml');
    expect(code).toBe(0);
    expect(out).toContain('@join__graph(name: "content", url: "http://content/graphql")');
    expect(out.trim()).toBe(readFileSync('router/supergraph.graphql', 'utf8').trim());
  });

  test('tells faults with their codes', async () => {
    const { code, err } = await rover('supergraph', 'compose', '--config', path.join(folder, 'supergraph.yaml'));
    expect(code).toBe(1);
    expect(err).toMatch(/E029/);
    expect(err).toContain('Unknown type Missing');
  });

  test('composes what the registry has, by its graph ref', async () => {
    const made = await rover('supergraph', 'compose', '--graph-ref', `${GRAPH}@compose`);
    expect(made.code).toBe(1);
    const file = await registry.file('p.graphql', PRODUCTS);
    await registry.rover([
      'subgraph',
      'publish',
      `${GRAPH}@compose`,
      '--name',
      'products',
      '--schema',
      file,
      '--routing-url',
      'http://products/graphql',
    ]);
    const { code, out } = await rover(
      'supergraph',
      'compose',
      '--graph-ref',
      `${GRAPH}@compose`,
      '--federation-version',
      '=2.14.4',
    );
    expect(code).toBe(0);
    expect(out).toContain('@join__graph(name: "products"');
  });
});

// `rover dev` runs an Apollo Router, so without APOLLO_ROUTER_BIN there is none to run.
test.skipIf(!process.env.APOLLO_ROUTER_BIN)(
  'rover dev composes by our own composer, serves, and composes again what is edited',
  async () => {
    const [port, subgraphPort] = [await freePort(), await freePort()];
    const sdl =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\ntype Query { hello: String }\n';
    write('dev/schema.graphql', sdl);
    write(
      'dev/supergraph.yaml',
      `federation_version: =2.14.4\nsubgraphs:\n  hello:\n    routing_url: http://127.0.0.1:${subgraphPort}/graphql\n    schema: { file: ./schema.graphql }\n`,
    );
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        'rover/bin/rover.ts',
        'dev',
        '--supergraph-config',
        path.join(folder, 'dev/supergraph.yaml'),
        '--skip-update',
        '--supergraph-port',
        String(port),
      ],
      { stdio: 'ignore', detached: true, env: { ...process.env, APOLLO_KEY: undefined } },
    );
    const fields = async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ __type(name: \\"Query\\") { fields { name } } }"}',
      });
      const { data } = (await response.json()) as { data: { __type: { fields: { name: string }[] } } };
      return data.__type.fields.map(({ name }) => name).join();
    };
    try {
      await until(async () => (await fields()) === 'hello', 'the graph being served', 60_000);
      write('dev/schema.graphql', sdl.replace('hello: String', 'hello: String again: Int'));
      await until(async () => (await fields()) === 'hello,again', 'the edited graph being served', 60_000);
    } finally {
      if (child.pid) process.kill(-child.pid, 'SIGINT');
      await new Promise((resolve) => child.once('exit', resolve));
    }
  },
);

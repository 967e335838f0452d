import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '@community/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRODUCTS, REVIEWS, startTestRegistry, type TestRegistry } from '../../schema-registry/test/harness.ts';

let registry: TestRegistry;
let folder: string;
const at = (name: string) => path.join(folder, name);

function configure(products: string): void {
  const subgraph = (name: string, url: string) =>
    `  ${name}:\n    routing_url: ${url}\n    schema: { file: ./${name}.graphql }\n`;
  writeFileSync(
    at('supergraph.yaml'),
    `subgraphs:\n${subgraph('products', products)}${subgraph('reviews', 'http://r')}`,
  );
}

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', `rover/bin/${script}.ts`, ...args],
      {
        env: {
          ...process.env,
          APOLLO_GRAPH_REF: 'shop@edges',
          APOLLO_REGISTRY_URL: `${registry.url}/graphql`,
          APOLLO_KEY: registry.adminKey,
          ...env,
        },
      },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 255 : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  registry = await startTestRegistry();
  folder = mkdtempSync(path.join(tmpdir(), 'edges-'));
  configure('http://p');
  writeFileSync(at('products.graphql'), PRODUCTS);
  writeFileSync(at('reviews.graphql'), REVIEWS);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=O', '-c', 'user.email=o@example.com', ...args], { cwd: folder });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
  expect((await run('publish-changed', ['--all', '--config', at('supergraph.yaml')])).code).toBe(0);
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('schema:publish', () => {
  test('brings a new routing URL into service', async () => {
    configure('http://moved');
    const { code, out } = await run('publish-changed', ['--base', 'main', '--config', at('supergraph.yaml')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^✅ products is in service/);
    const fetched = await registry.rover(['supergraph', 'fetch', 'shop@edges']);
    expect(fetched.stdout).toContain('url: "http://moved"');
    configure('http://p');
  });

  test('asks a registry that does not answer three times more, then gives up for all', async () => {
    const { code, err } = await run(
      'publish-changed',
      ['--all', '--config', at('supergraph.yaml'), '--client-timeout', '1'],
      { APOLLO_REGISTRY_URL: 'http://127.0.0.1:9/graphql' },
    );
    expect(code).toBe(1);
    expect(err.match(/trying again/g)).toHaveLength(3);
    expect(err).toContain('❌ products was not published');
    expect(err).toContain('Not tried, as the registry does not answer: reviews');
  });
});

describe('schema:check', () => {
  test('asks nobody when it does not know which registry', async () => {
    const args = ['--all', '--config', at('supergraph.yaml')];
    for (const script of ['check-changed', 'publish-changed']) {
      const result = await run(script, args, { APOLLO_REGISTRY_URL: '' });
      expect(result).toMatchObject({ code: 2, err: expect.stringMatching(/^APOLLO_REGISTRY_URL must be set/) });
    }
  });

  test('reports a Rover that crashes, and does not stop there', async () => {
    const crash = at('crash');
    writeFileSync(crash, '#!/bin/sh\necho panicked >&2\nexit 101\n', { mode: 0o755 });
    const { code, out } = await run('check-changed', ['--all', '--config', at('supergraph.yaml')], {
      ROVER_BIN: crash,
    });
    expect(code).toBe(1);
    expect(out).toContain('`products`, `reviews` cannot be merged');
    expect(out).toContain('it said: panicked');
  });

  test('writes a report in one job and comments it in another, which needs no registry', async () => {
    const report = at('report.md');
    const made = await run('check-changed', ['--all', '--config', at('supergraph.yaml'), '--output', report]);
    expect(made).toMatchObject({ code: 0, out: '' });
    const bodies: string[] = [];
    const github = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.method === 'POST')
        bodies.push((JSON.parse(Buffer.concat(chunks).toString()) as { body: string }).body);
      response.end(request.method === 'GET' ? '[]' : '{}');
    });
    writeFileSync(at('event.json'), '{"pull_request":{"number":4}}');
    const env = {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_TOKEN: 't',
      GITHUB_EVENT_PATH: at('event.json'),
      APOLLO_REGISTRY_URL: '',
    };
    expect(await run('check-changed', ['--report', report, '--comment', 'github'], env)).toMatchObject({ code: 0 });
    await github.close();
    expect(bodies[0]).toContain('All 2 schema changes can be merged');
    expect((await run('check-changed', ['--report', report, '--comment', 'github'], env)).code).toBe(1);
    expect((await run('check-changed', ['--report', report])).code).toBe(2);
  });
});

test("rover keeps the plugin out of the user's own APOLLO_HOME, and names a Rover that is not there", async () => {
  const home = at('home');
  mkdirSync(home);
  const composed = await run('rover', ['supergraph', 'compose', '--config', 'rover/supergraph.yaml'], {
    APOLLO_HOME: home,
  });
  expect(composed.code).toBe(0);
  expect(execFileSync('ls', ['-A', home]).toString()).toBe('');
  expect(await run('rover', ['--version'], { ROVER_BIN: at('nowhere') })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^Rover cannot be run: .*ENOENT\n$/),
  });
});

import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@community/database/free-port';
import { roverBinary, roverEnvironment } from '@community/rover/rover-binary';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRODUCTS, REVIEWS } from './harness.ts';

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'registry-alone-'));
const REGISTRY = ['--import', 'tsx', 'schema-registry/bin/registry.ts'];

interface Running {
  readonly url: string;
  output(): string;
  stop(): Promise<number | null>;
}

/** Starts a registry as the README says, and waits until it is ready. */
async function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Running> {
  const port = await freePort();
  const child = spawn('npm', ['run', '-s', 'registry', '--', '--port', String(port), ...args], {
    env: { ...process.env, REGISTRY_KEY: undefined, VITEST: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const running = {
    url,
    output: () => output,
    async stop() {
      // As Ctrl-C does, which reaches the whole group.
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
      return exited;
    },
  };
  await until(
    async () => (await fetch(`${url}/ready`)).ok || child.exitCode !== null,
    `the registry being ready; it said ${output}`,
    60_000,
  );
  return running;
}

let registry: Running;
let key: string;

/** The commands that ask a running registry. */
async function command(...args: string[]): Promise<{ code: number; text: string }> {
  return run(process.execPath, [...REGISTRY, ...args, '--url', registry.url], {
    env: { ...process.env, APOLLO_KEY: key },
  }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
  );
}

beforeAll(async () => {
  registry = await start(['--data-dir', path.join(folder, 'data'), '--graph', 'shop', '--graph', 'other']);
  key = /service:shop:[\w-]+/.exec(registry.output())?.[0] ?? '';
});
afterAll(async () => {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a registry alone', () => {
  test('prints each graph’s first key once, with which Rover publishes', async () => {
    expect(registry.output()).toMatch(/service:shop:[\w-]+\n.*shown this once/);
    expect(registry.output()).toMatch(/service:other:[\w-]+/);
    const file = path.join(folder, 'products.graphql');
    writeFileSync(file, PRODUCTS);
    const args = ['subgraph', 'publish', 'shop@current', '--name', 'products', '--schema', file];
    const { stderr } = await run(await roverBinary(), [...args, '--routing-url', 'http://products/graphql'], {
      env: { PATH: process.env.PATH, HOME: folder, ...roverEnvironment(registry.url, key) },
    });
    expect(stderr).toContain('was created');
  });

  test('keeps everything over a restart, and shows no key again', async () => {
    const data = path.join(folder, 'again');
    const first = await start(['--data-dir', data, '--graph', 'shop']);
    const token = /service:shop:[\w-]+/.exec(first.output())?.[0] ?? '';
    await first.stop();
    const second = await start(['--data-dir', data, '--graph', 'shop']);
    expect(second.output()).not.toContain('service:shop:');
    const response = await fetch(`${second.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': token },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    expect(await response.json()).toEqual({ data: { me: { id: 'shop' } } });
    await second.stop();
  });

  test('takes its first key from REGISTRY_KEY, and refuses a graph whose name cannot be in one line', async () => {
    const chosen = await start(['--data-dir', path.join(folder, 'chosen'), '--graph', 'shop'], {
      REGISTRY_KEY: 'chosen-by-the-operator',
    });
    expect(chosen.output()).not.toContain('service:');
    const response = await fetch(`${chosen.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'chosen-by-the-operator' },
      body: JSON.stringify({ query: '{ me { id } }' }),
    });
    expect(await response.json()).toEqual({ data: { me: { id: 'shop' } } });
    await chosen.stop();
    const refused = await run(process.execPath, [...REGISTRY, '--graph', '1 2']).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toMatch(/graph id "1 2" is not usable/);
    expect(refused.stderr).not.toContain('    at ');
  });
});

describe('its commands', () => {
  const yaml = path.join(folder, 'supergraph.yaml');

  test('publish several subgraphs in one launch, show history and differences, and roll back', async () => {
    writeFileSync(path.join(folder, 'reviews.graphql'), REVIEWS);
    writeFileSync(path.join(folder, 'products.graphql'), PRODUCTS);
    const subgraph = (name: string) =>
      `  ${name}:\n    routing_url: http://${name}/graphql\n    schema: { file: ./${name}.graphql }\n`;
    writeFileSync(yaml, `federation_version: =2.9.0\nsubgraphs:\n${subgraph('products')}${subgraph('reviews')}`);
    expect((await command('publish', 'shop@many', '--config', yaml)).text).toMatch(
      /Launch #1 is in service: products, reviews/,
    );
    writeFileSync(path.join(folder, 'reviews.graphql'), REVIEWS.replace('text: String!', 'text: String! stars: Int'));
    await command('publish', 'shop@many', '--config', yaml);
    expect((await command('diff', 'shop@many', '1', '2')).text).toMatch(/changed reviews[\s\S]*FIELD_ADDED/);
    expect((await command('rollback', 'shop@many')).text).toMatch(/Launch #3 rolled back to #1/);
    const history = (await command('launches', 'shop@many')).text.split('\n');
    expect(history[1]).toMatch(/^3 +in service .*rolled back to #1$/);
    expect(history[3]).toMatch(/^1 +was good .*published products, reviews$/);
    writeFileSync(path.join(folder, 'reviews.graphql'), REVIEWS.replace('[Review!]!', '[Missing!]!'));
    const failed = await command('publish', 'shop@many', '--config', yaml);
    expect(failed).toMatchObject({
      code: 1,
      text: expect.stringMatching(/Launch #4 failed[\s\S]*Unknown type Missing/),
    });
    expect((await command('rollback', 'shop@many', '--to', '4')).text).toContain('Launch #4 did not compose');
    expect((await command('rollback', 'shop@many', '--to', '99')).text).toContain('no launch #99');
  });

  test('make, list, rotate and revoke keys with scopes', async () => {
    const made = await command('keys', 'create', 'shop', '--name', 'ci', '--scopes', 'check,publish');
    const token = /service:shop:[\w-]+/.exec(made.text)?.[0] ?? '';
    const listed = (await command('keys', 'list', 'shop')).text;
    const id = /^(\S+) {2}ci /m.exec(listed)?.[1] ?? '';
    expect(listed).not.toContain(token);
    expect((await command('keys', 'rotate', 'shop', id)).text).toContain('The old key works until you revoke it');
    expect((await command('keys', 'revoke', 'shop', id)).code).toBe(0);
    const admin = key;
    key = token;
    expect((await command('launches', 'shop@many')).text).toContain('did not recognize the provided API key');
    key = admin;
    expect((await command('keys', 'create', 'shop', '--name', 'x', '--scopes', 'everything')).text).toContain(
      'no scope "everything"',
    );
  });

  test('say in one line what is wrong', async () => {
    expect(await command('launch')).toMatchObject({
      code: 1,
      text: expect.stringContaining('There is no command "launch"'),
    });
    expect((await command('diff', 'shop@many', 'one', '2')).text).toContain('The first launch is a whole number');
    expect((await command('launches', 'shop@nothing')).text).toContain('There is no variant shop@nothing');
    expect((await command('settings', 'shop@many', '{"windowDays":0}')).text).toContain('windowDays');
    const { text } = await command('--help');
    expect(text).toContain('rollback <graph@variant>');
  });
});

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from '@community/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GRAPH, PRODUCTS, REVIEWS, startTestRegistry, type TestRegistry } from '../../schema-registry/test/harness.ts';

let registry: TestRegistry;
let folder: string;
const REF = `${GRAPH}@current`;

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Owner', '-c', 'user.email=owner@example.com', ...args], {
    cwd: folder,
    stdio: 'pipe',
  });

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

function commit(name: string, text: string): void {
  write(name, text);
  git('add', '-A');
  git('commit', '-qm', `change ${name}`);
}

/** Runs a recipe on the repository of the test. */
function recipe(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [
        '--import',
        'tsx',
        `rover/bin/${script}.ts`,
        '--config',
        path.join(folder, 'supergraph.yaml'),
        '--graph-ref',
        REF,
        ...args,
      ],
      {
        env: {
          ...process.env,
          APOLLO_REGISTRY_URL: `${registry.url}/graphql`,
          APOLLO_KEY: registry.adminKey,
          GITHUB_HEAD_REF: undefined,
          ...env,
        },
      },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? 255 : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  registry = await startTestRegistry();
  folder = mkdtempSync(path.join(tmpdir(), 'recipes-'));
  const subgraph = (name: string) =>
    `  ${name}:\n    routing_url: http://${name}/graphql\n    schema: { file: ./${name}/schema.graphql }\n`;
  git('init', '-q', '-b', 'main');
  write('supergraph.yaml', `federation_version: =2.14.4\nsubgraphs:\n${subgraph('products')}${subgraph('reviews')}`);
  write('products/schema.graphql', PRODUCTS);
  commit('reviews/schema.graphql', REVIEWS);
  const { code } = await recipe('publish-changed', ['--all']);
  expect(code).toBe(0);
  const key = await registry.key('router');
  await fetch(`${registry.url}/usage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: JSON.stringify({
      graphRef: REF,
      operations: [
        {
          document: 'query Prices { products { price } }',
          operationName: 'Prices',
          coordinates: ['Query.products', 'Product.price'],
          client: { name: 'web', version: '1' },
          hour: new Date().toISOString(),
          requests: 12,
          errors: 0,
          durationMs: 1,
        },
      ],
    }),
  });
  git('checkout', '-qb', 'feature');
});
afterAll(async () => {
  await registry[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe('schema:check', () => {
  test('has nothing to do when no schema changed', async () => {
    commit('readme.md', 'words');
    const { code, out } = await recipe('check-changed', ['--base', 'main']);
    expect(out).toContain('No schema changed');
    expect(code).toBe(0);
  });

  test('fails on what breaks a client, and names operation, client and count', async () => {
    commit('products/schema.graphql', PRODUCTS.replace(' price: Int! @tag(name: "internal")', ''));
    const { code, out } = await recipe('check-changed', ['--base', 'main']);
    expect(code).toBe(1);
    expect(out).toMatch(/❌ `products` cannot be merged/);
    expect(out).toMatch(/`FIELD_REMOVED` \|.*breaks Prices by web \(12 requests\)/);
    expect(out).toMatch(/\[Details, and approval of changes\]\(http.*\/checks\//);
    expect(out).toContain('1 other subgraph did not change');
  });

  test('tells what does not compose, and comments once', async () => {
    commit(
      'products/schema.graphql',
      PRODUCTS.replace('name: String!', 'name: Strin! @deprecated(reason: "<b>|@someone")'),
    );
    const requests: { method: string; url: string; body: string }[] = [];
    const comments: { id: number; body: string }[] = [];
    const github = await serve(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      requests.push({ method: request.method ?? '', url: request.url ?? '', body });
      if (request.method === 'POST') comments.push({ id: 7, body: (JSON.parse(body) as { body: string }).body });
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(request.method === 'GET' ? comments : {}));
    });
    const env = { GITHUB_API_URL: github.url, GITHUB_REPOSITORY: 'owner/shop', GITHUB_TOKEN: 'token' };
    const args = ['--base', 'main', '--comment', 'github', '--pull-request', '12'];
    const first = await recipe('check-changed', args, env);
    expect(first.code).toBe(1);
    expect(first.out).toContain('It does not compose');
    expect(first.out).toContain('Unknown type Strin');
    await recipe('check-changed', args, env);
    const writes = requests.filter(({ method }) => method !== 'GET').map(({ method, url }) => `${method} ${url}`);
    expect(writes).toEqual(['POST /repos/owner/shop/issues/12/comments', 'PATCH /repos/owner/shop/issues/comments/7']);
    await github.close();
    const away = await recipe('check-changed', args, { ...env, GITHUB_API_URL: 'http://127.0.0.1:9' });
    expect(away.code).toBe(1);
    expect(away.err).toContain('No comment was made');
  });

  test('says in one line what is wrong with its use', async () => {
    const unknown = await recipe('check-changed', ['--base', 'nowhere']);
    expect(unknown).toMatchObject({
      code: 2,
      err: expect.stringContaining('git knows no common ancestor with "nowhere"'),
    });
    write('broken.yaml', 'subgraphs:\n  products: { schema: {} }\n');
    const broken = await recipe('check-changed', ['--config', path.join(folder, 'broken.yaml')]);
    expect(broken).toMatchObject({ code: 2, err: expect.stringMatching(/broken\.yaml: subgraphs\.products\./) });
  });
});

describe('schema:publish', () => {
  test('publishes what changed, and says what it would', async () => {
    git('checkout', '-q', '--', '.');
    commit('products/schema.graphql', PRODUCTS.replace('price: Int!', 'price: Int! stock: Int'));
    expect((await recipe('publish-changed', ['--dry-run', '--base', 'HEAD~1'])).out).toBe(
      `would publish products to ${REF}\n`,
    );
    const { code, out } = await recipe('publish-changed', ['--base', 'HEAD~1']);
    expect(out).toMatch(/✅ products is in service\. http.*\/launches\/\d+/);
    expect(code).toBe(0);
  });

  test('fails loudly when the composition fails, although Rover ends with 0', async () => {
    commit('reviews/schema.graphql', REVIEWS.replace('[Review!]!', '[Missing!]!'));
    const { code, err } = await recipe('publish-changed', ['--base', 'HEAD~1']);
    expect(code).toBe(1);
    expect(err).toMatch(/❌ reviews does not compose.*last good supergraph stays in service/);
    expect(err).toContain('Unknown type Missing');
  });
});

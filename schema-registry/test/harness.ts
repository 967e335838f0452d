import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '@community/database/template';
import { roverBinary, roverEnvironment } from '@community/rover/rover-binary';
import type { RegistryConfig } from '../src/config.ts';
import type { Scope } from '../src/modules/key/key.policy.ts';
import { type RunningRegistry, startRegistry } from '../src/registry.ts';

export const GRAPH = 'shop';

export interface RoverRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What `--format json` printed. */
  readonly json: RoverJson;
}

export interface RoverJson {
  readonly data: { readonly success: boolean; readonly [name: string]: unknown };
  readonly error: { readonly message: string; readonly code: string | null; readonly details?: unknown } | null;
}

export interface TestRegistry extends AsyncDisposable {
  readonly registry: RunningRegistry;
  readonly url: string;
  /** With every right. */
  readonly adminKey: string;
  /** Runs the real Rover in a folder of its own. */
  rover(
    args: readonly string[],
    options?: { key?: string; input?: string; env?: NodeJS.ProcessEnv },
  ): Promise<RoverRun>;
  /** Writes a file for Rover to read. @returns its path */
  file(name: string, content: string): Promise<string>;
  key(...scopes: Scope[]): Promise<string>;
  /** Asks the registry's own API. */
  ask<Data>(query: string, variables?: object, key?: string): Promise<{ data: Data; errors?: { message: string }[] }>;
  uplink<Data>(query: string, variables: object): Promise<Data>;
}

const FAR = 120_000;

function execute(binary: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, input: string) {
  return new Promise<Omit<RoverRun, 'json'>>((resolve) => {
    const child = execFile(
      binary,
      [...args],
      { cwd, env, timeout: FAR, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? 255 : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Starts a registry on a database of its own, and a Rover that knows no other. */
export async function startTestRegistry(config: Partial<RegistryConfig> = {}): Promise<TestRegistry> {
  const database = await createTestDatabase({
    name: 'registry',
    migrations: [{ directory: 'prisma/registry/migrations' }],
  });
  const adminKey = 'service:shop:the-first-key-of-a-test';
  const registry = await startRegistry({
    host: '127.0.0.1',
    port: 0,
    logLevel: process.env.TEST_LOG_LEVEL ?? 'silent',
    databaseUrl: database.url,
    graphs: [GRAPH],
    firstKey: adminKey,
    retentionDays: 90,
    ...config,
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'registry-'));
  const post = async (route: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${registry.url}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  return {
    registry,
    url: registry.url,
    adminKey,
    async rover(args, { key = adminKey, input = '', env = {} } = {}) {
      const result = await execute(
        await roverBinary(),
        args,
        folder,
        {
          PATH: process.env.PATH,
          HOME: folder,
          APOLLO_HOME: folder,
          APOLLO_CONFIG_HOME: folder,
          ...roverEnvironment(registry.url, key),
          ...env,
        },
        input,
      );
      return {
        ...result,
        get json() {
          return JSON.parse(result.stdout) as RoverJson;
        },
      };
    },
    async file(name, content) {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    async key(...scopes) {
      const { token } = await registry.services.keys.create({
        graphId: GRAPH,
        name: scopes.join(' and '),
        scopes,
        createdBy: 'test',
      });
      return token;
    },
    ask: (query, variables = {}, key = adminKey) => post('/graphql', { query, variables }, { 'x-api-key': key }),
    uplink: (query, variables) => post('/uplink', { query, variables }),
    async [Symbol.asyncDispose]() {
      await registry.stop();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag"])\n';

export const PRODUCTS = `${LINK}type Query { products(first: Int): [Product!]! product(id: ID!): Product }
"""Something to buy."""
type Product @key(fields: "id") { id: ID! name: String! price: Int! @tag(name: "internal") }
`;
export const REVIEWS = `${LINK}type Query { latestReviews: [Review!]! }
type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
type Review { id: ID! text: String! }
`;
export { LINK };

import { createTestDatabase, type TestDatabase } from '@community/database/template';
import type { RequestContext } from '@community/kit/context';
import type { SubgraphDefinition } from '@community/kit/domain';
import { newId } from '@community/kit/ids';
import { type RunningSubgraph, runSubgraph } from '@community/kit/subgraph';
import pg from 'pg';
import { type LiveStream, openStream } from './live-stream.ts';
import { createMemberKey, type MemberKey } from './member-key.ts';
import { serve } from './serve.ts';
import { until } from './wait.ts';

const ROUTER_SECRET = 'router-secret-of-tests-0123456789abcdef';
const SERVICE_SECRET = 'service-secret-of-tests-0123456789abcdef';

/** An answer to a test's operation; the test knows the shape of what it asked for. */
export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** One running process of a domain, as its callers meet it. */
export interface TestInstance extends AsyncDisposable {
  readonly url: string;
  /** Sends an operation as the router would. */
  query<Data = Record<string, unknown>>(
    document: string,
    variables?: object,
    as?: { token: string } | null,
    headers?: Record<string, string>,
  ): Promise<GraphqlAnswer<Data>>;
  /**
   * Subscribes as the router would, over a real socket.
   * @returns when the domain has opened the stream, or has refused it: then `received[0]` says why
   */
  subscribe<Data = Record<string, unknown>>(
    document: string,
    variables?: object,
    as?: { token: string } | null,
  ): Promise<LiveStream<Data>>;
  /** Calls an internal route as another service would. */
  internal(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
}

export interface TestDomain extends TestInstance {
  readonly keys: MemberKey;
  /** Connections to the domain's own database. */
  readonly database: pg.Pool;
  /** Connections to the embedded log's. @throws Error where the domain was given a real Kafka */
  readonly log: pg.Pool;
  readonly env: NodeJS.ProcessEnv;
  /** Runs one more instance of the domain beside the first, on the same databases. */
  another(): Promise<TestInstance>;
  /** How many SQL statements requests have cost so far. */
  statements(): Promise<number>;
}

function instanceOf(running: RunningSubgraph): TestInstance {
  const url = `http://127.0.0.1:${running.port}`;
  return {
    url,
    async query<Data>(
      document: string,
      values: object = {},
      as: { token: string } | null = null,
      headers: Record<string, string> = {},
    ) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-router-secret': ROUTER_SECRET,
          ...(as ? { authorization: `Bearer ${as.token}` } : {}),
          ...headers,
        },
        body: JSON.stringify({ query: document, variables: values }),
      });
      return { status: response.status, ...((await response.json()) as object) } as GraphqlAnswer<Data>;
    },
    async subscribe<Data>(document: string, values: object = {}, as: { token: string } | null = null) {
      const requestId = newId();
      const stream = openStream<Data>({
        url: `${url}/graphql`,
        connectionParams: { 'x-router-secret': ROUTER_SECRET },
        operation: {
          query: document,
          variables: { ...values },
          extensions: {
            headers: { 'x-request-id': requestId, ...(as ? { authorization: `Bearer ${as.token}` } : {}) },
          },
        },
      });
      await until(
        () => running.streams().includes(requestId) || stream.received.length > 0 || stream.ended,
        'the subscription being open',
      );
      return stream;
    },
    async internal(path, body) {
      const response = await fetch(`${url}/internal/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-service-secret': SERVICE_SECRET },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    [Symbol.asyncDispose]: () => running.stop(),
  };
}

/** An embedded log of its own, with connections to it. */
async function createLog(): Promise<{ database: TestDatabase; pool: pg.Pool }> {
  const database = await createTestDatabase({
    name: 'events',
    migrations: [{ directory: 'packages/events/migrations-log', schema: 'log' }],
  });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  pool.on('error', () => {});
  return { database, pool };
}

/**
 * Runs one domain as it runs in production, on databases of its own, with members whose tokens are signed by a test
 * key. The process' metrics are shared by all domains that one test file starts.
 * @param env variables beyond the usual ones, for instance the address of a faked neighbour, or `KAFKA_BROKERS` for
 *   events on a real Kafka
 */
export async function startDomain<Context extends RequestContext, Tx>(
  definition: SubgraphDefinition<Context, Tx>,
  env: NodeJS.ProcessEnv = {},
): Promise<TestDomain> {
  const { name } = definition;
  const keys = createMemberKey();
  const auth = await serve((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keys.jwks)),
  );
  const [own, events] = await Promise.all([
    createTestDatabase({
      name,
      migrations: [
        { directory: `prisma/${name}/migrations` },
        { directory: 'packages/events/migrations', schema: 'events' },
        { directory: 'packages/kit/migrations', schema: 'kit' },
      ],
    }),
    env.KAFKA_BROKERS ? undefined : createLog(),
  ]);
  const variables: NodeJS.ProcessEnv = {
    PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    ROUTER_SECRET,
    SERVICE_SECRET,
    KEY_ENCRYPTION_SECRET: 'key-encryption-secret-of-tests-0123456789',
    SUBGRAPH_URL_AUTH: auth.url,
    [`DATABASE_URL_${name.toUpperCase()}`]: own.url,
    ...(events ? { DATABASE_URL_EVENTS: events.database.url } : {}),
    ...env,
  };
  const running: RunningSubgraph = await runSubgraph(definition, variables);
  const database = new pg.Pool({ connectionString: own.url, max: 2 });
  database.on('error', () => {});
  const first = instanceOf(running);

  return {
    ...first,
    keys,
    database,
    get log() {
      if (!events) throw new Error('the events of this domain are on Kafka: it has no embedded log');
      return events.pool;
    },
    env: variables,
    another: async () => instanceOf(await runSubgraph(definition, variables)),
    async statements() {
      const text = await (await fetch(`${first.url}/metrics`)).text();
      return Number(/^database_statements_total\{source="request"\} (\d+)/m.exec(text)?.[1] ?? 0);
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      await Promise.all([database.end(), events?.pool.end(), auth.close()]);
      await Promise.all([own[Symbol.asyncDispose](), events?.database[Symbol.asyncDispose]()]);
    },
  };
}

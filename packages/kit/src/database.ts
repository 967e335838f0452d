import { AsyncResource } from 'node:async_hooks';
import { Socket } from 'node:net';
import pg from 'pg';
import { namesOf, type RawSql, readSql, toQuery } from './direct-sql.ts';
import { databaseStatementsTotal } from './metrics.ts';
import { createPipelinedReads, type PipeliningClient } from './pipelined-reads.ts';
import { currentRequestScope } from './request-scope.ts';

/** Connections of one process to its database; a dozen processes share one cluster's `max_connections`. */
const POOL_SIZE = 4;
export const STATEMENT_TIMEOUT_MS = 5_000;

function count(): void {
  const scope = currentRequestScope();
  if (scope) scope.sqlStatements += 1;
  databaseStatementsTotal.inc({ source: scope ? 'request' : 'background' });
}

class CountingClient extends pg.Client implements PipeliningClient {
  /** Of `pg`, which does not declare it: whether statements are sent while others are under way. */
  declare pipeline: boolean;
  readonly sendCounted: PipeliningClient['sendCounted'];
  readonly #socket: Socket;

  constructor(config: pg.ClientConfig = {}) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.#socket = socket;
    // `pg` declares a dozen overloads of `query`; all are passed on unchanged.
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.sendCounted = (query, done) => void send(query, done);
    this.query = ((...args: unknown[]) => {
      count();
      return send(...args);
    }) as typeof this.query;
  }

  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void;

/** When all connections are busy, who waits is called by whoever gives one back: in her own scope nevertheless. */
class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect();
    const waiter = new AsyncResource('PoolWaiter');
    super.connect((...connected) => waiter.runInAsyncScope(callback, undefined, ...connected));
    return undefined;
  }
}

/** A pool for a domain's own database. Every statement is counted for the request that sends it. */
export function createPool(url: string, applicationName: string, size: number = POOL_SIZE): pg.Pool {
  const pool = new ScopedPool({
    connectionString: url,
    max: size,
    application_name: applicationName,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS * 2,
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    Client: CountingClient,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

interface RawReader {
  $queryRaw(query: RawSql, ...values: unknown[]): unknown;
}

/**
 * Sends the raw reads of a Prisma client, outside of transactions, to the pool itself: they are SQL already, and Prisma's
 * engine takes longer over one than PostgreSQL does.
 * @param pool as `createPool` makes it
 * @returns a client that is the same in all else
 */
export function withDirectReads<Client extends RawReader>(client: Client, pool: pg.Pool): Client {
  if (!(pool instanceof ScopedPool)) throw new Error('raw reads are sent over a pool that createPool has made');
  const nameOf = namesOf(pool);
  const send = createPipelinedReads(pool);
  async function read(query: RawSql, ...values: unknown[]): Promise<unknown[]> {
    const { text, values: parameters } = readSql(query, values);
    count();
    return (await send(toQuery(nameOf, text, parameters))).rows;
  }
  return new Proxy(client, {
    get(target, property) {
      if (property === '$queryRaw') return read;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

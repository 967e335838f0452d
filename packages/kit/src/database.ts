import { AsyncResource } from 'node:async_hooks';
import type { Transactions } from '@community/events/sql';
import { PrismaPg } from '@prisma/adapter-pg';
import { Sql, sqltag } from '@prisma/client/runtime/client';
import pg from 'pg';
import { databaseStatementsTotal } from './metrics.ts';
import { currentRequestScope } from './request-scope.ts';
import { createStatementNames } from './statement-names.ts';

/** Connections of one process to its database; a dozen processes share one cluster's `max_connections`. */
const POOL_SIZE = 4;
const STATEMENT_TIMEOUT_MS = 5_000;

function count(): void {
  const scope = currentRequestScope();
  if (scope) scope.sqlStatements += 1;
  databaseStatementsTotal.inc({ source: scope ? 'request' : 'background' });
}

class CountingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // `pg` declares a dozen overloads of `query`; all are passed on unchanged.
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => {
      count();
      return send(...args);
    }) as typeof this.query;
  }
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void;

/** When all connections are busy, who waits is called by whoever gives one back: in her own scope nevertheless. */
class ScopedPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect();
    super.connect(AsyncResource.bind(callback));
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

const statementNames = new WeakMap<pg.Pool, (text: string) => string>();

/** One set of names for a pool: a connection knows a name for one text alone. */
function namesOf(pool: pg.Pool): (text: string) => string {
  const known = statementNames.get(pool) ?? createStatementNames();
  statementNames.set(pool, known);
  return known;
}

/** The adapter through which a domain's Prisma client uses the pool. */
export function prismaAdapter(pool: pg.Pool): PrismaPg {
  const nameOf = namesOf(pool);
  return new PrismaPg(pool, {
    // BEGIN and its like have nothing to plan.
    statementNameGenerator: ({ sql, args }) => (args.length > 0 ? nameOf(sql) : ''),
  });
}

/** `bigint` as Prisma gives it, all else as `pg` does: `timestamptz` as a date, `uuid` and `numeric` as text, JSON read. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format as 'text'),
};

interface RawReader {
  $queryRaw(query: TemplateStringsArray | Sql, ...values: unknown[]): unknown;
}

/**
 * Sends the raw reads of a Prisma client, outside of transactions, to the pool itself: they are SQL already, and Prisma's
 * engine takes longer over one than PostgreSQL does.
 * @returns a client that is the same in all else; transactions of it are Prisma's own
 */
export function withDirectReads<Client extends RawReader>(client: Client, pool: pg.Pool): Client {
  const nameOf = namesOf(pool);
  async function read(query: TemplateStringsArray | Sql, ...values: unknown[]): Promise<unknown[]> {
    const { text, values: parameters } = query instanceof Sql ? query : sqltag(query, ...values);
    const name = parameters.length > 0 ? nameOf(text) : '';
    const { rows } = await pool.query({ ...(name ? { name } : {}), text, values: parameters, types: TYPES });
    return rows;
  }
  return new Proxy(client, {
    get(target, property) {
      if (property === '$queryRaw') return read;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

interface RawClient {
  $queryRawUnsafe<T>(query: string, ...values: unknown[]): Promise<T>;
}

interface TransactionalClient<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>;
}

/**
 * Transactions of a Prisma client.
 * @param afterCommit called after each commit, for instance to wake the outbox' relay
 */
export function prismaTransactions<Tx extends RawClient>(
  prisma: TransactionalClient<Tx>,
  afterCommit: () => void = () => {},
): Transactions<Tx> {
  return {
    async run(work) {
      const result = await prisma.$transaction(work, {
        maxWait: STATEMENT_TIMEOUT_MS,
        timeout: STATEMENT_TIMEOUT_MS * 2,
      });
      afterCommit();
      return result;
    },
    sql: (tx) => ({
      query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
        tx.$queryRawUnsafe<Row[]>(text, ...values),
    }),
  };
}

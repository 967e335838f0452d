import { AsyncLocalStorage } from 'node:async_hooks';
import type { Transactions } from '@community/events/sql';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { STATEMENT_TIMEOUT_MS } from './database.ts';
import { namesOf, type RawSql, readSql, toQuery } from './direct-sql.ts';

/** The connection whose transaction Prisma is about to join. */
const lent = new AsyncLocalStorage<pg.PoolClient>();

/** One connection in the place of a pool. */
class OneConnection extends pg.Pool {
  constructor(connection: pg.PoolClient) {
    super();
    this.query = connection.query.bind(connection) as typeof this.query;
  }
}

/** The adapter through which a domain's Prisma client uses the pool, and joins transactions that were begun on it. */
export function prismaAdapter(pool: pg.Pool): PrismaPg {
  const nameOf = namesOf(pool);
  const options: ConstructorParameters<typeof PrismaPg>[1] = {
    statementNameGenerator: ({ sql, args }) => (args.length > 0 ? nameOf(sql) : ''),
  };
  const factory = new PrismaPg(pool, options);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel) => {
      const connection = lent.getStore();
      if (!connection) return start(isolationLevel);
      const one = await new PrismaPg(new OneConnection(connection), options).connect();
      // Whoever began it ends it.
      return Object.assign(one, {
        options: { usePhantomQuery: true },
        commit: async () => {},
        rollback: async () => {},
      });
    };
    return adapter;
  };
  return factory;
}

/** Runs work between BEGIN and COMMIT on a connection of the pool. @throws what the work throws, after ROLLBACK */
async function inTransaction<T>(pool: pg.Pool, work: (connection: pg.PoolClient) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure = error;
  };
  connection.on('error', fail);
  try {
    await connection.query('BEGIN');
    const result = await work(connection);
    const { command } = await connection.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('a statement of the transaction had failed: nothing of it is kept');
    return result;
  } catch (error) {
    await connection.query('ROLLBACK').catch(fail);
    throw error;
  } finally {
    connection.off('error', fail);
    connection.release(failure);
  }
}

interface RawClient {
  $queryRawUnsafe<T>(query: string, ...values: unknown[]): Promise<T>;
}

interface TransactionalClient<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>;
}

/** Prisma's own transaction on a connection that is in one. @returns it, and what ends Prisma's part */
function join<Tx>(prisma: TransactionalClient<Tx>, connection: pg.PoolClient) {
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let part: Promise<void> = Promise.resolve();
  const joined = new Promise<Tx>((resolve, reject) => {
    const work = async (tx: Tx) => {
      resolve(tx);
      await left;
    };
    const limits = { maxWait: STATEMENT_TIMEOUT_MS, timeout: STATEMENT_TIMEOUT_MS * 2 };
    part = lent.run(connection, () => prisma.$transaction(work, limits));
    part.catch(reject);
  });
  return {
    joined,
    async leave() {
      leave();
      await part;
    },
  };
}

type Send = (query: pg.QueryConfig) => Promise<pg.QueryResult>;

/** A transaction for stores: its raw SQL is sent by `send`, and its models are what `model` makes of their names. */
function createTx<Tx>(
  nameOf: (text: string) => string,
  send: Send,
  model: (name: string | symbol) => unknown,
): Tx & object {
  const raw = (query: RawSql, values: readonly unknown[]) => {
    const { text, values: parameters } = readSql(query, values);
    return send(toQuery(nameOf, text, parameters));
  };
  const direct: Record<string, unknown> = {
    $queryRaw: async (query: RawSql, ...values: unknown[]) => (await raw(query, values)).rows,
    $executeRaw: async (query: RawSql, ...values: unknown[]) => (await raw(query, values)).rowCount ?? 0,
    $queryRawUnsafe: async (text: string, ...values: unknown[]) => (await send(toQuery(nameOf, text, values))).rows,
  };
  return new Proxy({} as Tx & object, {
    get: (_, name) => (typeof name === 'string' && direct[name]) || model(name),
  });
}

/** Transactions on the pool of a domain. */
export interface PoolTransactions<Tx> extends Transactions<Tx> {
  /** Runs work that sends one statement of SQL, which is a transaction by itself: without BEGIN and COMMIT around it. */
  alone<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * Transactions of a domain's database. Raw SQL in them goes to the connection itself, as raw reads outside of them do
 * (docs/decisions/0065); Prisma's engine takes part from the first call of a model on.
 * @param afterTold called after each commit of a transaction that put events into the outbox: wakes its relay
 */
export function prismaTransactions<Tx extends RawClient>(
  prisma: TransactionalClient<Tx>,
  pool: pg.Pool,
  afterTold: () => void = () => {},
): PoolTransactions<Tx> {
  const nameOf = namesOf(pool);
  const told = new WeakSet<object>();

  async function runOn<T>(connection: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<[T, object]> {
    let isOver = false;
    let prismas: ReturnType<typeof join<Tx>> | undefined;
    const check = () => {
      if (isOver) throw new Error('the transaction is over');
    };
    const send = async (query: pg.QueryConfig) => {
      check();
      return connection.query(query);
    };
    const model = (name: string | symbol) =>
      new Proxy(
        {},
        {
          get: (_, method) => async (argument: unknown) => {
            check();
            prismas ??= join(prisma, connection);
            const delegate = Reflect.get((await prismas.joined) as object, name) as Record<string | symbol, unknown>;
            return (delegate[method] as (argument: unknown) => unknown)(argument);
          },
        },
      );
    const tx = createTx<Tx>(nameOf, send, model);
    try {
      return [await work(tx), tx];
    } finally {
      isOver = true;
      await prismas?.leave();
    }
  }

  return {
    async run(work) {
      const [result, tx] = await inTransaction(pool, (connection) => runOn(connection, work));
      if (told.has(tx)) afterTold();
      return result;
    },
    async alone(work) {
      let isSent = false;
      const send = async (query: pg.QueryConfig) => {
        if (isSent) throw new Error('one statement is sent alone; this is another');
        isSent = true;
        return pool.query(query);
      };
      const tx = createTx<Tx>(nameOf, send, (name) => {
        throw new Error(`what is sent alone is SQL, and not a call of ${String(name)}`);
      });
      const result = await work(tx);
      if (told.has(tx)) afterTold();
      return result;
    },
    sql: (tx) => ({
      query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
        tx.$queryRawUnsafe<Row[]>(text, ...values),
      told: () => void told.add(tx),
    }),
  };
}

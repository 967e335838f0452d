import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';

const MAX_PAUSE_MS = 2_000;

/** SQL that is sent often: by its name a connection has the server plan it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One connection or a pool, as far as reading and writing the log needs it. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(sql: string | Statement, values?: unknown[]): Promise<pg.QueryResult<Row>>;
}

/** Sends one statement at a time on a client that several readers share. */
export function inTurn(client: pg.Client): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query: <Row extends pg.QueryResultRow>(sql: string | Statement, values?: unknown[]) => {
      const result = last.then(() => client.query<Row>(sql, values));
      last = result.catch(() => {});
      return result;
    },
  };
}

/**
 * Keeps one connection, and runs `session` on it; when the connection breaks, the session ends and a new one begins on a
 * new connection, after a growing pause.
 * @param session must return soon once `signal` is aborted
 */
export function keepSession(options: {
  url: string;
  name: string;
  log: Log;
  session: (client: pg.Client, signal: AbortSignal) => Promise<void>;
}): { stop(): Promise<void> } {
  const stopping = new AbortController();

  async function once(): Promise<void> {
    const client = new pg.Client({
      connectionString: options.url,
      application_name: options.name,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const broken = new AbortController();
    const lost = () => broken.abort();
    client.on('error', lost);
    client.on('end', lost);
    try {
      await client.connect();
      // What is read here is few rows by their keys, however many places are asked for: no need to plan it each time.
      await client.query('SET plan_cache_mode = force_generic_plan');
      await options.session(client, AbortSignal.any([stopping.signal, broken.signal]));
    } finally {
      await client.end().catch(() => {});
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const start = Date.now();
      try {
        await once();
      } catch (error) {
        if (!stopping.signal.aborted)
          options.log.warn({ err: error, name: options.name }, 'the event log does not answer; trying again');
      }
      failures = Date.now() - start > MAX_PAUSE_MS * 2 ? 0 : failures + 1;
      if (!stopping.signal.aborted)
        await pause(Math.min(50 * 2 ** failures, MAX_PAUSE_MS), undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

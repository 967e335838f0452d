import type pg from 'pg';

/** The other connections of a pool are for transactions. */
const MOST_LANES = 2;

/** A connection that sends statements while others are under way on it. */
export interface PipeliningClient {
  pipeline: boolean;
  /** What is sent between the two is one write. */
  cork(): void;
  uncork(): void;
  /** Sends a statement that was counted when it was asked for. */
  readonly sendCounted: (query: pg.QueryConfig, done: (error: Error | null, result: pg.QueryResult) => void) => void;
}

/** A statement, and whoever waits for its rows. */
interface Asked {
  readonly query: pg.QueryConfig;
  readonly resolve: (result: pg.QueryResult) => void;
  readonly reject: (error: Error) => void;
}

/** A connection that the pool lent for as long as a statement is under way on it. */
class Lane {
  underWay = 0;
  readonly #client: pg.PoolClient & PipeliningClient;
  readonly #onClose: (lane: Lane) => void;
  #broken: Error | undefined;
  readonly #onError = (error: Error) => {
    this.#broken = error;
  };

  constructor(client: pg.PoolClient & PipeliningClient, onClose: (lane: Lane) => void) {
    this.#client = client;
    this.#onClose = onClose;
    client.pipeline = true;
    client.on('error', this.#onError);
  }

  send(batch: readonly Asked[]): void {
    this.underWay += batch.length;
    this.#client.cork();
    for (const { query, resolve, reject } of batch)
      this.#client.sendCounted(query, (error, result) => {
        this.underWay -= 1;
        if (this.underWay === 0) this.#close();
        if (error) reject(error);
        else resolve(result);
      });
    this.#client.uncork();
  }

  #close(): void {
    this.#onClose(this);
    this.#client.pipeline = false;
    if (!this.#broken) this.#client.off('error', this.#onError);
    this.#client.release(this.#broken);
  }
}

/**
 * Reads outside of transactions share connections: those that are asked for in one moment, by whatever requests, are one
 * write, and are answered in their order. Each ends with a Sync of its own ("Pipelining" in PostgreSQL's protocol), so
 * the error of one is nobody else's. A write to a connection costs a process more than all else of a small statement.
 */
export function createPipelinedReads(pool: pg.Pool): (query: pg.QueryConfig) => Promise<pg.QueryResult> {
  const lanes = new Set<Lane>();
  let asked: Asked[] = [];
  let isOpening = false;

  function takeAll(): Asked[] {
    const batch = asked;
    asked = [];
    return batch;
  }

  function openLane(): void {
    isOpening = true;
    pool.connect((error, client) => {
      isOpening = false;
      if (client) {
        const lane = new Lane(client as pg.PoolClient & PipeliningClient, (closed) => lanes.delete(closed));
        lanes.add(lane);
        lane.send(takeAll());
      } else for (const { reject } of takeAll()) reject(error ?? new Error('the pool lends no connection'));
    });
  }

  function sendAsked(): void {
    // A lane that opens takes all that is asked for by then.
    if (isOpening) return;
    const [idlest] = [...lanes].sort((one, other) => one.underWay - other.underWay);
    const hasRoom = pool.idleCount > pool.waitingCount || pool.totalCount < pool.options.max;
    if (idlest && (lanes.size === MOST_LANES || !hasRoom)) idlest.send(takeAll());
    else openLane();
  }

  return (query) =>
    new Promise((resolve, reject) => {
      if (asked.length === 0) setImmediate(sendAsked);
      asked.push({ query, resolve, reject });
    });
}

import { AsyncLocalStorage } from 'node:async_hooks';

/** What is known of the request that the current asynchronous work belongs to; logs and SQL counts read it. */
export interface RequestScope {
  readonly requestId: string;
  readonly traceId: string;
  /** SQL statements sent to the database on behalf of this request so far. */
  sqlStatements: number;
  /** Whether the answer is for who asks alone, as more depended on who she is than whom she may see. */
  isPersonal: boolean;
}

const storage = new AsyncLocalStorage<RequestScope>();

/** Runs `work` (and everything asynchronous that it starts) inside `scope`. */
export function runInRequestScope<T>(scope: RequestScope, work: () => T): T {
  return storage.run(scope, work);
}

/** Runs work that a request only gave the occasion for, and that serves others as well: it belongs to no request. */
export function runInBackground<T>(work: () => T): T {
  return storage.exit(work);
}

/** The scope of the current request, or undefined in background work (relay, consumers, sweeps). */
export function currentRequestScope(): RequestScope | undefined {
  return storage.getStore();
}

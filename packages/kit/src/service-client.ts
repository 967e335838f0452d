import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { currentRequestScope } from './request-scope.ts';
import { traceparentOf } from './trace.ts';

/** The other service did not answer in time, or is known to be down. */
export class ServiceUnavailableError extends Error {
  override name = 'ServiceUnavailableError';
}

export interface ServiceClient {
  /**
   * Sends JSON to another service and reads its JSON answer. The call must be idempotent: it is retried.
   * @returns the status and the body of any answer below 500
   * @throws ServiceUnavailableError
   */
  post(path: string, body: unknown): Promise<{ status: number; body: unknown }>;
  /** Reads JSON from another service. @throws ServiceUnavailableError */
  get(path: string): Promise<{ status: number; body: unknown }>;
}

/**
 * Calls of one service by another: each try has a time-out, a failed one is repeated with growing pauses, and after
 * several failures in a row the circuit opens, so that a dead service costs its callers nothing for a while. Then one call
 * tries whether it is back.
 */
export function createServiceClient(options: {
  name: string;
  baseUrl: string;
  secret: string;
  timeoutMs?: number;
}): ServiceClient {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: 2_000, breaker: new ConsecutiveBreaker(8) });
  const policy = wrap(
    retry(
      handleWhen((error) => !(error instanceof BrokenCircuitError)),
      { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 500 }) },
    ),
    breaker,
    timeout(options.timeoutMs ?? 2_000, TimeoutStrategy.Aggressive),
  );

  async function call(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> {
    const scope = currentRequestScope();
    try {
      return await policy.execute(async ({ signal }) => {
        const response = await fetch(`${options.baseUrl}${path}`, {
          method,
          signal,
          headers: {
            'x-service-secret': options.secret,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(scope ? { 'x-request-id': scope.requestId, traceparent: traceparentOf(scope.traceId) } : {}),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (response.status >= 500) throw new Error(`${options.name} answered ${response.status}`);
        return { status: response.status, body: await response.json() };
      });
    } catch (error) {
      throw new ServiceUnavailableError(`${options.name} does not answer`, { cause: error });
    }
  }

  return { post: (path, body) => call('POST', path, body), get: (path) => call('GET', path) };
}

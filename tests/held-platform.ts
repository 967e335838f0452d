import type { QueryResultRow } from 'pg';
import { afterEach, beforeEach } from 'vitest';
import { createBarriers } from './barrier.ts';
import { startPlatform } from './platform.ts';
import { usePlatform } from './suite-platform.ts';
import { queryOn } from './traffic/databases.ts';

/**
 * A platform for the tests of a file whose processes are held up at a statement and killed there. It is whole when a test
 * begins, and nothing is held up any more when one has ended.
 */
export function useHeldPlatform(options?: Parameters<typeof startPlatform>[0]) {
  const platform = usePlatform(() => startPlatform(options));
  const barriers = createBarriers();
  beforeEach(() => platform().whole());
  afterEach(() => barriers.openAll());

  return {
    /** What runs; there is none before the first test. */
    platform,
    /** An answer of the graph; the test knows the shape of what it asked for. */
    async ask<Data>(document: string, variables: object, token?: string): Promise<{ data?: Data }> {
      const response = await fetch(`${platform().url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await response.json()) as { data?: Data };
    },
    barrier: (database: string, lock: string) => barriers.hold(platform().databaseUrl(database), lock),
    rowsOf: <Row extends QueryResultRow>(database: string, sql: string, values: unknown[]) =>
      queryOn<Row>(platform().databaseUrl(database), sql, values),
  };
}

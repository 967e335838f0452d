import type { QueryResultRow } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createBarriers } from './barrier.ts';
import { startPlatform, type TestPlatform } from './platform.ts';
import { queryOn } from './traffic/databases.ts';

/**
 * A platform for the tests of a file whose processes are held up at a statement and killed there. It is whole when a test
 * begins, and nothing is held up any more when one has ended.
 */
export function useHeldPlatform(options?: Parameters<typeof startPlatform>[0]) {
  let platform: TestPlatform;
  const barriers = createBarriers();
  beforeAll(async () => {
    platform = await startPlatform(options);
  });
  beforeEach(() => platform.whole());
  afterEach(() => barriers.openAll());
  afterAll(() => platform[Symbol.asyncDispose]());

  return {
    /** What runs; there is none before the first test. */
    platform: () => platform,
    /** An answer of the graph; the test knows the shape of what it asked for. */
    async ask<Data>(document: string, variables: object, token?: string): Promise<{ data?: Data }> {
      const response = await fetch(`${platform.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ query: document, variables }),
      });
      return (await response.json()) as { data?: Data };
    },
    barrier: (database: string, lock: string) => barriers.hold(platform.databaseUrl(database), lock),
    rowsOf: <Row extends QueryResultRow>(database: string, sql: string, values: unknown[]) =>
      queryOn<Row>(platform.databaseUrl(database), sql, values),
  };
}

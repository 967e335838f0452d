import { createHash } from 'node:crypto';
import type { Sql } from '@community/events/sql';
import type { Pool } from 'pg';
import type { Logger } from './log.ts';
import { type Conflict, isProblem, reusedKey } from './problem.ts';

const MAX_KEY_LENGTH = 100;
const KEPT_HOURS = 24;
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

function fingerprintOf(input: object): string {
  const sorted = JSON.stringify(input, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}

/** A mutation's success and what must be remembered of it to answer a retry: ids, not contents. */
export interface Remembered<Result> {
  readonly result: Result;
  readonly remember: Record<string, unknown>;
}

/**
 * Makes a mutation harmless to repeat: the first call with a client key does the work, and a later one with the same
 * content is answered from what was remembered, in the same transaction as the work. Two at once wait for each other.
 * @param request.key the client's `clientMutationId`; without one the work is simply done
 * @param work problems that it returns are not remembered: a retry may succeed
 * @param recall makes the answer of what was remembered
 */
export async function oncePerKey<Result extends object>(
  sql: Sql,
  request: { actor: string; key: string | null | undefined; operation: string; input: object },
  work: () => Promise<Remembered<Result> | Result>,
  recall: (remembered: Record<string, unknown>) => Promise<Result>,
): Promise<Result | Conflict> {
  const finish = (outcome: Remembered<Result> | Result): Result => ('remember' in outcome ? outcome.result : outcome);
  if (!request.key) return finish(await work());
  if (request.key.length > MAX_KEY_LENGTH) return reusedKey();
  const fingerprint = fingerprintOf(request.input);
  const inserted = await sql.query(
    'INSERT INTO kit.client_mutation (actor, key, operation, fingerprint) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key',
    [request.actor, request.key, request.operation, fingerprint],
  );
  if (inserted.length === 0) {
    const [earlier] = await sql.query<{
      operation: string;
      fingerprint: string;
      result: Record<string, unknown> | null;
    }>('SELECT operation, fingerprint, result FROM kit.client_mutation WHERE actor = $1 AND key = $2', [
      request.actor,
      request.key,
    ]);
    if (earlier?.operation !== request.operation || earlier.fingerprint !== fingerprint || !earlier.result)
      return reusedKey();
    return recall(earlier.result);
  }
  const outcome = await work();
  if ('remember' in outcome) {
    await sql.query('UPDATE kit.client_mutation SET result = $3::jsonb WHERE actor = $1 AND key = $2', [
      request.actor,
      request.key,
      JSON.stringify(outcome.remember),
    ]);
  } else if (isProblem(outcome)) {
    await sql.query('DELETE FROM kit.client_mutation WHERE actor = $1 AND key = $2', [request.actor, request.key]);
  }
  return finish(outcome);
}

/** Forgets client keys after a day, in small batches. @returns how many were forgotten */
export async function forgetClientMutations(sql: Sql): Promise<number> {
  const rows = await sql.query(
    `DELETE FROM kit.client_mutation WHERE (actor, key) IN (
       SELECT actor, key FROM kit.client_mutation WHERE created_at < now() - make_interval(hours => ${KEPT_HOURS}) LIMIT ${BATCH}
     ) RETURNING key`,
  );
  return rows.length;
}

/** Forgets old client keys once an hour. */
export function startForgetting(pool: Pool, log: Pick<Logger, 'warn'>): { stop(): Promise<void> } {
  const sql: Sql = {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await pool.query(text, [...values])).rows as Row[],
  };
  let forgetting = Promise.resolve();
  const forget = async () => {
    while ((await forgetClientMutations(sql)) === BATCH);
  };
  const timer = setInterval(() => {
    forgetting = forget().catch((error: unknown) => log.warn({ err: error }, 'old client keys could not be forgotten'));
  }, EVERY_MS);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await forgetting;
    },
  };
}

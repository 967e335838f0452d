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

/** A call of a mutation with a client's key. */
export interface KeyedCall {
  readonly actor: string;
  readonly key: string | null | undefined;
  readonly operation: string;
  readonly input: object;
}

/** What is known of a call: it is new (or has no key), was answered before, or its key was used for something else. */
export type Claim = 'new' | 'reused' | { readonly remembered: Record<string, unknown> };

const placeOf = (call: { actor: string; key?: string | null }) => `${call.actor} ${call.key}`;

/**
 * Claims the keys of calls, at most one call of each key, in the transaction of their work, by a constant number of
 * statements. A claim that another transaction holds is waited for.
 * @returns what is known of each call, in their order
 */
export async function claimKeys(sql: Sql, calls: readonly KeyedCall[]): Promise<Claim[]> {
  const tooLong = (call: KeyedCall) => (call.key?.length ?? 0) > MAX_KEY_LENGTH;
  // In one order whoever claims, so that two do not wait for each other.
  const keyed = calls
    .filter((call) => call.key && !tooLong(call))
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  if (keyed.length === 0) return calls.map((call) => (tooLong(call) ? 'reused' : 'new'));
  const prints = new Map(keyed.map((call) => [placeOf(call), fingerprintOf(call.input)]));
  const columns = [
    keyed.map((call) => call.actor),
    keyed.map((call) => call.key),
    keyed.map((call) => call.operation),
    keyed.map((call) => prints.get(placeOf(call))),
  ];
  const inserted = await sql.query<{ actor: string; key: string }>(
    `INSERT INTO kit.client_mutation (actor, key, operation, fingerprint)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING RETURNING actor, key`,
    columns,
  );
  const fresh = new Set(inserted.map(placeOf));
  const known = keyed.filter((call) => !fresh.has(placeOf(call)));
  const earlier =
    known.length === 0
      ? []
      : await sql.query<{
          actor: string;
          key: string;
          operation: string;
          fingerprint: string;
          result: Record<string, unknown> | null;
        }>(
          `SELECT actor, key, operation, fingerprint, result FROM kit.client_mutation
           WHERE (actor, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))`,
          [known.map((call) => call.actor), known.map((call) => call.key)],
        );
  const byPlace = new Map(earlier.map((row) => [placeOf(row), row]));
  return calls.map((call) => {
    if (tooLong(call)) return 'reused';
    if (!call.key || fresh.has(placeOf(call))) return 'new';
    const row = byPlace.get(placeOf(call));
    if (row?.operation !== call.operation || row.fingerprint !== prints.get(placeOf(call)) || !row.result)
      return 'reused';
    return { remembered: row.result };
  });
}

/** Remembers what new calls were answered; the keys of those that were refused (null) may be used again. */
export async function settleKeys(
  sql: Sql,
  calls: readonly { call: KeyedCall; remember: Record<string, unknown> | null }[],
): Promise<void> {
  const keyed = calls.filter(({ call }) => call.key);
  const kept = keyed.filter(({ remember }) => remember);
  const released = keyed.filter(({ remember }) => !remember);
  if (kept.length > 0)
    await sql.query(
      `UPDATE kit.client_mutation AS known SET result = answered.result
       FROM unnest($1::text[], $2::text[], $3::jsonb[]) AS answered (actor, key, result)
       WHERE known.actor = answered.actor AND known.key = answered.key`,
      [
        kept.map(({ call }) => call.actor),
        kept.map(({ call }) => call.key),
        kept.map(({ remember }) => JSON.stringify(remember)),
      ],
    );
  if (released.length > 0)
    await sql.query(
      'DELETE FROM kit.client_mutation WHERE (actor, key) IN (SELECT * FROM unnest($1::text[], $2::text[]))',
      [released.map(({ call }) => call.actor), released.map(({ call }) => call.key)],
    );
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
  request: KeyedCall,
  work: () => Promise<Remembered<Result> | Result>,
  recall: (remembered: Record<string, unknown>) => Promise<Result>,
): Promise<Result | Conflict> {
  const [claim = 'new'] = await claimKeys(sql, [request]);
  if (claim === 'reused') return reusedKey();
  if (claim !== 'new') return recall(claim.remembered);
  const outcome = await work();
  if ('remember' in outcome) {
    await settleKeys(sql, [{ call: request, remember: outcome.remember }]);
    return outcome.result;
  }
  if (isProblem(outcome)) await settleKeys(sql, [{ call: request, remember: null }]);
  return outcome;
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

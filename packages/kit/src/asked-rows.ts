import { raw, type Sql, sqltag as sql } from '@prisma/client/runtime/client';
import type { PageRequest } from './connection.ts';

/**
 * How many things PostgreSQL expects of an array that it does not know (`estimate_array_length`). Of a prepared statement
 * whose arrays are shorter it believes that a plan for these very values is better than the one that it has, and makes
 * one each time, which costs it several times what the statement does.
 */
const EXPECTED = 10;

/** An array for `= ANY(…)`, as long as PostgreSQL expects one to be: the last thing again and again. */
export function anyOf<Value>(values: readonly Value[]): Value[] {
  const last = values.at(-1);
  if (last === undefined) return [];
  return [...values, ...Array<Value>(Math.max(0, EXPECTED - values.length)).fill(last)];
}

/** The same for `unnest(…)`: the others are null, and nothing is equal to that. */
const rowsOf = <Value>(values: readonly Value[]): (Value | null)[] => [
  ...values,
  ...Array<null>(Math.max(0, EXPECTED - values.length)).fill(null),
];

/** A page of what belongs to one owner, after a time and an id. */
export interface AskedPage {
  readonly ownerId: string;
  readonly page: PageRequest;
}

/**
 * Pages that are asked for together, as what stands behind FROM: rows `asked (owner, after_time, after_id, list)`, in
 * which `list` is the place from 1. Lists of no owner may be among them. One page, as most are, is one row.
 */
export function askedPages(pages: readonly AskedPage[], ownerType: 'uuid' | 'text'): Sql {
  const type = raw(ownerType);
  const times = pages.map(({ page }) => (page.after ? new Date(String(page.after[0])) : null));
  const ids = pages.map(({ page }) => (page.after ? String(page.after[1]) : null));
  const owners = pages.map(({ ownerId }) => ownerId);
  if (pages.length === 1)
    return sql`(SELECT ${owners[0]}::${type} AS owner, ${times[0]}::timestamptz AS after_time, ${ids[0]}::uuid AS after_id,
      1::bigint AS list) AS asked`;
  return sql`unnest(${rowsOf(owners)}::${type}[], ${rowsOf(times)}::timestamptz[], ${rowsOf(ids)}::uuid[])
    WITH ORDINALITY AS asked (owner, after_time, after_id, list)`;
}

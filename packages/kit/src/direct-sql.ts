import { Sql, sqltag } from '@prisma/client/runtime/client';
import pg from 'pg';
import { createStatementNames } from './statement-names.ts';

const statementNames = new WeakMap<pg.Pool, (text: string) => string>();

/** One set of names for a pool: a connection knows a name for one text alone. */
export function namesOf(pool: pg.Pool): (text: string) => string {
  const known = statementNames.get(pool) ?? createStatementNames();
  statementNames.set(pool, known);
  return known;
}

/** `bigint` as Prisma gives it, all else as `pg` does: `timestamptz` as a date, `uuid` and `numeric` as text, JSON read. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format as 'text'),
};

/** SQL as the tags `$queryRaw` and `$executeRaw` are given it. */
export type RawSql = TemplateStringsArray | Sql;

/** The text and the parameters of SQL that was given to a tag. */
export const readSql = (query: RawSql, values: readonly unknown[]): Pick<Sql, 'text' | 'values'> =>
  query instanceof Sql ? query : sqltag(query, ...values);

/**
 * A statement as `pg` sends it, for a pool or one of its connections.
 * @param nameOf the pool's names; a statement without parameters, as BEGIN, has nothing to plan
 */
export function toQuery(nameOf: (text: string) => string, text: string, values: readonly unknown[]): pg.QueryConfig {
  const name = values.length > 0 ? nameOf(text) : '';
  return { ...(name ? { name } : {}), text, values: [...values], types: TYPES };
}

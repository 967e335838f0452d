import type { AlterTableStmt, Node, RangeVar } from 'libpg-query';
import { lintTableChange } from './lint-table-change.ts';

/** The tables that a migration has made itself so far: empty, and unknown to running processes. */
export class NewTables {
  readonly #names = new Set<string>();

  add(table: RangeVar | undefined): void {
    this.#names.add(key(table));
  }

  has(table: RangeVar | undefined): boolean {
    return this.#names.has(key(table)) || table?.relpersistence === 't';
  }
}

function key(table: RangeVar | undefined): string {
  return `${table?.schemaname ?? ''}.${table?.relname ?? ''}`;
}

const INDEX_ALONE = 'CONCURRENTLY, in a migration that holds nothing else';
const ROW_CHANGE = 'changes every row in one transaction: do it in batches from a job, or say why the table is small';

/** Why a statement is unsafe while processes of the version before still run on large tables; empty when it is safe. */
export function lintStatement(statement: Node, created: NewTables): string[] {
  if ('CreateStmt' in statement) created.add(statement.CreateStmt.relation);
  if ('CreateTableAsStmt' in statement) created.add(statement.CreateTableAsStmt.into?.rel);
  if ('AlterTableStmt' in statement) return lintAlterTable(statement.AlterTableStmt, created);
  const problem = problemOf(statement, created);
  return problem ? [problem] : [];
}

function lintAlterTable({ relation, objtype, cmds = [] }: AlterTableStmt, created: NewTables): string[] {
  if (objtype !== 'OBJECT_TABLE' || created.has(relation)) return [];
  return cmds.flatMap((command) => ('AlterTableCmd' in command ? lintTableChange(command.AlterTableCmd) : []));
}

function problemOf(statement: Node, created: NewTables): string | undefined {
  if ('DropStmt' in statement) {
    const { removeType, concurrent } = statement.DropStmt;
    if (removeType !== 'OBJECT_INDEX') return `drops a ${nameOf(removeType)} that the running version may use`;
    return concurrent ? undefined : `locks the table against all use: drop the index ${INDEX_ALONE}`;
  }
  if ('RenameStmt' in statement) {
    const { renameType, relation } = statement.RenameStmt;
    return created.has(relation)
      ? undefined
      : `renames a ${nameOf(renameType)} that the running version knows by its old name: add the new one beside it`;
  }
  if ('AlterEnumStmt' in statement && statement.AlterEnumStmt.oldVal)
    return 'renames a value that the running version knows by its old name';
  if ('AlterObjectSchemaStmt' in statement)
    return 'moves to another schema what the running version looks for in the old one';
  if ('IndexStmt' in statement) {
    const { concurrent, relation } = statement.IndexStmt;
    return concurrent || created.has(relation)
      ? undefined
      : `blocks writes while the index is built: create it ${INDEX_ALONE}`;
  }
  if ('ReindexStmt' in statement)
    return isConcurrent(statement) ? undefined : `blocks writes while the index is built: reindex ${INDEX_ALONE}`;
  if ('RefreshMatViewStmt' in statement && !statement.RefreshMatViewStmt.concurrent)
    return 'blocks readers: refresh it CONCURRENTLY, from a job';
  if ('TruncateStmt' in statement) return 'removes all rows of a table';
  if ('LockStmt' in statement) return 'locks a table for the time of the migration';
  if ('ClusterStmt' in statement) return 'rewrites the table while nobody can use it';
  if ('UpdateStmt' in statement && !statement.UpdateStmt.whereClause && !created.has(statement.UpdateStmt.relation))
    return ROW_CHANGE;
  if ('DeleteStmt' in statement && !statement.DeleteStmt.whereClause && !created.has(statement.DeleteStmt.relation))
    return ROW_CHANGE;
  if ('DoStmt' in statement) return 'hides statements in a DO block, where they cannot be judged';
  return undefined;
}

/** Whether the statement is one that cannot run within a transaction. */
export function isConcurrent(statement: Node): boolean {
  if ('IndexStmt' in statement) return statement.IndexStmt.concurrent === true;
  if ('DropStmt' in statement) return statement.DropStmt.concurrent === true;
  if (!('ReindexStmt' in statement)) return false;
  return (statement.ReindexStmt.params ?? []).some(
    (param) => 'DefElem' in param && param.DefElem.defname === 'concurrently',
  );
}

/** Whether a concurrent statement may be run again after an attempt that was interrupted. */
export function isRepeatable(statement: Node): boolean {
  if ('IndexStmt' in statement) return statement.IndexStmt.if_not_exists === true;
  return !('DropStmt' in statement) || statement.DropStmt.missing_ok === true;
}

/** `OBJECT_TABLE` to `table`. */
function nameOf(objectType: string | undefined): string {
  return (objectType ?? 'OBJECT_THING').slice('OBJECT_'.length).toLowerCase().replaceAll('_', ' ');
}

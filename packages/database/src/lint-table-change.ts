import type { AlterTableCmd, ColumnDef, Constraint, Node } from 'libpg-query';

const TWO_STEPS = 'add it NOT VALID, and VALIDATE CONSTRAINT in the next migration';
const BY_INDEX = 'create a unique index CONCURRENTLY first, and add the constraint USING INDEX';

/** Why one change of an existing table is unsafe; empty when it is safe. */
export function lintTableChange(change: AlterTableCmd): string[] {
  const column = change.name ?? '';
  switch (change.subtype) {
    case 'AT_AddColumn':
      return change.def && 'ColumnDef' in change.def ? lintNewColumn(change.def.ColumnDef) : [];
    case 'AT_AddConstraint':
      return change.def && 'Constraint' in change.def ? lintConstraint(change.def.Constraint) : [];
    case 'AT_DropColumn':
      return [`drops the column ${column}, which the running version may read and write`];
    case 'AT_AlterColumnType':
      return [
        `changes the type of ${column}, which rewrites the table or breaks the running version: add a column beside it`,
      ];
    case 'AT_SetNotNull':
      return [
        `makes ${column} NOT NULL, which reads the whole table under a lock and refuses rows of the running version: add a CHECK constraint NOT VALID first`,
      ];
    case 'AT_ColumnDefault':
      return change.def ? [] : [`drops the default of ${column}, which inserts of the running version may rely on`];
    case 'AT_DropConstraint':
      return [`drops the constraint ${column}, whose name or protection the running version may rely on`];
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
    case 'AT_SetTableSpace':
    case 'AT_SetAccessMethod':
      return ['rewrites the table while nobody can use it'];
    default:
      return [];
  }
}

function lintNewColumn({ colname = '', typeName, constraints = [] }: ColumnDef): string[] {
  const parts = constraints.flatMap((constraint) => ('Constraint' in constraint ? [constraint.Constraint] : []));
  const kinds = new Set(parts.map(({ contype }) => contype));
  const type = typeName?.names?.at(-1);
  const isSerial = type && 'String' in type && /serial/.test(type.String.sval ?? '');
  const problems: string[] = [];
  if (
    kinds.has('CONSTR_NOTNULL') &&
    !kinds.has('CONSTR_DEFAULT') &&
    !kinds.has('CONSTR_IDENTITY') &&
    !kinds.has('CONSTR_GENERATED') &&
    !isSerial
  ) {
    problems.push(
      `adds ${colname} NOT NULL without a default, which existing rows and inserts of the running version lack`,
    );
  }
  const defaultValue = parts.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  if (
    isSerial ||
    kinds.has('CONSTR_IDENTITY') ||
    kinds.has('CONSTR_GENERATED') ||
    (defaultValue && isComputedPerRow(defaultValue))
  ) {
    problems.push(
      `adds ${colname} with a value computed for each row, which rewrites the table: add it empty, and fill it in batches`,
    );
  }
  if (kinds.has('CONSTR_UNIQUE') || kinds.has('CONSTR_PRIMARY'))
    problems.push(`adds ${colname} with an index built under a lock: ${BY_INDEX}`);
  if (kinds.has('CONSTR_FOREIGN') || kinds.has('CONSTR_CHECK'))
    problems.push(`adds ${colname} with a constraint checked under a lock: ${TWO_STEPS}`);
  return problems;
}

function lintConstraint({ contype, conname = '', skip_validation, indexname }: Constraint): string[] {
  switch (contype) {
    case 'CONSTR_FOREIGN':
    case 'CONSTR_CHECK':
    case 'CONSTR_NOTNULL':
      return skip_validation ? [] : [`checks all rows for ${conname} under a lock: ${TWO_STEPS}`];
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
      return indexname ? [] : [`builds the index of ${conname} under a lock: ${BY_INDEX}`];
    case 'CONSTR_EXCLUSION':
      return [`builds the index of ${conname} under a lock, and an exclusion constraint knows no other way`];
    default:
      return [];
  }
}

const SAME_FOR_ALL_ROWS = new Set(['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting']);

/** Whether a default calls a function that may answer differently for each row, judged by its name. */
function isComputedPerRow(expression: Node): boolean {
  const calls = JSON.stringify(expression).matchAll(
    /"FuncCall":\{"funcname":\[(?:\{"String":\{"sval":"[^"]*"\}\},)*\{"String":\{"sval":"([^"]*)"\}\}\]/g,
  );
  return [...calls].some(([, name = '']) => !SAME_FOR_ALL_ROWS.has(name));
}

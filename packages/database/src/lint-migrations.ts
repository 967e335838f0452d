import { type Node, parse, type RawStmt } from 'libpg-query';
import { isConcurrent, isRepeatable, lintStatement, NewTables } from './lint-statement.ts';
import { readMigrations } from './migration-files.ts';

export interface Finding {
  /** From 1. */
  line: number;
  /** What is unsafe, and what to do in its place. */
  message: string;
}

/**
 * Judges a migration by the rules of expand and contract: processes of the version before run on while it is applied
 * and after, and nobody waits long for a lock. What must break them says so in a line of its own,
 * `-- contract: <why no running version needs it any more>`, which lifts all rules but those on time-outs and transactions.
 */
export async function lintMigration(sql: string): Promise<Finding[]> {
  let statements: Located[];
  try {
    const { stmts = [] } = await parse(sql);
    statements = stmts.flatMap((statement) => locate(sql, statement));
  } catch (error) {
    return [
      {
        line: 1,
        message: `is not SQL that PostgreSQL reads: ${error instanceof Error ? error.message : String(error)}`,
      },
    ];
  }
  const created = new NewTables();
  const unsafe = statements.flatMap(({ node, line }) =>
    lintStatement(node, created).map((message) => ({ line, message })),
  );
  return [...lintFrame(statements), ...(isContract(sql) ? [] : unsafe)];
}

/** Judges every migration of a folder; findings carry the migration's name. */
export async function lintMigrations(directory: string): Promise<(Finding & { migration: string })[]> {
  const findings = await Promise.all(
    readMigrations(directory).map(async ({ name, sql }) => [
      ...(/^\d{14}_[a-z0-9_]+$/.test(name)
        ? []
        : [
            {
              migration: name,
              line: 1,
              message: 'is not named <YYYYMMDDhhmmss>_<what_it_does>, by which migrations are ordered',
            },
          ]),
      ...(await lintMigration(sql)).map((finding) => ({ migration: name, ...finding })),
    ]),
  );
  return findings.flat();
}

interface Located {
  node: Node;
  line: number;
}

/** The parser counts bytes, and a statement begins with the comments before it. */
function locate(sql: string, { stmt, stmt_location = 0 }: RawStmt): Located[] {
  if (!stmt) return [];
  const bytes = Buffer.from(sql);
  const lead = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(bytes.subarray(stmt_location).toString())?.[0] ?? '';
  const before = bytes.subarray(0, stmt_location).toString() + lead;
  return [{ node: stmt, line: before.split('\n').length }];
}

function isContract(sql: string): boolean {
  return /^--[ \t]*contract:[ \t]*\S/m.test(sql);
}

/** Rules on the migration as a whole, which nothing lifts. */
function lintFrame(statements: Located[]): Finding[] {
  const concurrent = statements.find(({ node }) => isConcurrent(node));
  if (concurrent) {
    if (statements.length === 1) {
      if (isRepeatable(concurrent.node)) return [];
      return [
        {
          line: concurrent.line,
          message: 'is outside a transaction and may be begun twice: add IF NOT EXISTS or IF EXISTS',
        },
      ];
    }
    return [
      {
        line: concurrent.line,
        message: 'cannot run in a transaction: CONCURRENTLY must be the only statement of a migration',
      },
    ];
  }
  const findings = statements
    .filter(({ node }) => 'TransactionStmt' in node)
    .map(({ line }) => ({ line, message: 'begins or ends a transaction: each migration is one already' }));
  const first = statements[0];
  if (first && !setsLockTimeout(first.node)) {
    findings.unshift({
      line: first.line,
      message: "waits for locks without end, and everybody waits behind it: begin with SET LOCAL lock_timeout = '2s';",
    });
  }
  return findings;
}

function setsLockTimeout(node: Node): boolean {
  if (!('VariableSetStmt' in node)) return false;
  const { name, kind, is_local, args } = node.VariableSetStmt;
  return (
    name === 'lock_timeout' &&
    kind === 'VAR_SET_VALUE' &&
    is_local === true &&
    !/"ival":\{\}|"sval":"0"/.test(JSON.stringify(args))
  );
}

import type pg from 'pg';

/** What waits for older transactions, once for each; when one lasts longer, the next start tries again. */
const WAIT_FOR_TRANSACTIONS = '60s';
const CONCURRENTLY = /^(?:CREATE\s+(?:UNIQUE\s+)?INDEX|DROP\s+INDEX|REINDEX\b[^;]*?)\s+CONCURRENTLY\b/i;
const INDEX_NAME = /\bCONCURRENTLY\s+IF\s+NOT\s+EXISTS\s+("(?:[^"]|"")+"|\w+)/i;

/** Whether a migration is one statement that PostgreSQL runs outside transactions only; the linter wants it alone. */
export function runsConcurrently(sql: string): boolean {
  return CONCURRENTLY.test(sql.replaceAll(/--.*$/gm, '').trim());
}

/** Runs it so that it may be begun again: an attempt that was interrupted leaves an index that is not valid. */
export async function runConcurrently(client: pg.Client, sql: string): Promise<void> {
  await client.query(`SET lock_timeout = '${WAIT_FOR_TRANSACTIONS}'`);
  const index = INDEX_NAME.exec(sql)?.[1];
  if (index) {
    const { rows } = await client.query<{ name: string }>(
      'SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
      [index],
    );
    for (const { name } of rows) await client.query(`DROP INDEX CONCURRENTLY ${name}`);
  }
  await client.query(sql);
  await client.query('RESET lock_timeout');
}

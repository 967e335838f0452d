import type { Sql } from '@community/events/sql';
import type { Rejected } from './step.ts';

export interface Progress {
  readonly line: number;
  readonly byteOffset: number;
  readonly finished: boolean;
}

interface Row {
  line: string;
  byte_offset: string;
  finished: boolean;
}

/** Where a step is in this file; another file is begun anew. */
export async function begin(sql: Sql, step: string, fingerprint: string): Promise<Progress> {
  await sql.query('DELETE FROM import.progress WHERE step = $1 AND fingerprint <> $2', [step, fingerprint]);
  await sql.query(
    'INSERT INTO import.progress (step, fingerprint, line, byte_offset) VALUES ($1, $2, 0, 0) ON CONFLICT DO NOTHING',
    [step, fingerprint],
  );
  const [row] = await sql.query<Row>(
    'SELECT line::text, byte_offset::text, finished FROM import.progress WHERE step = $1',
    [step],
  );
  if (!row) throw new Error(`the progress of ${step} is gone`);
  return { line: Number(row.line), byteOffset: Number(row.byte_offset), finished: row.finished };
}

/** Writes down how far a step has come, in the transaction of what it did. */
export async function advance(sql: Sql, step: string, to: Progress, rejected: readonly Rejected[]): Promise<void> {
  await sql.query('UPDATE import.progress SET line = $2, byte_offset = $3, finished = $4 WHERE step = $1', [
    step,
    to.line,
    to.byteOffset,
    to.finished,
  ]);
  if (rejected.length > 0)
    await sql.query(
      `INSERT INTO import.rejected (step, line, source_id, reason)
       SELECT $1, line, source_id, reason FROM jsonb_to_recordset($2::jsonb) AS r (line bigint, source_id text, reason text)
       ON CONFLICT DO NOTHING`,
      [step, JSON.stringify(rejected.map(({ line, sourceId, reason }) => ({ line, source_id: sourceId, reason })))],
    );
}

/** A page of what a step did not take, in the order of the file. */
export async function rejectedAfter(sql: Sql, step: string, line: number, limit: number): Promise<Rejected[]> {
  const rows = await sql.query<{ line: string; source_id: string | null; reason: string }>(
    'SELECT line::text, source_id, reason FROM import.rejected WHERE step = $1 AND line > $2 ORDER BY rejected.line LIMIT $3',
    [step, line, limit],
  );
  return rows.map((row) => ({ line: Number(row.line), sourceId: row.source_id, reason: row.reason }));
}

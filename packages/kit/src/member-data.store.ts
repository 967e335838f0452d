import type { Sql } from '@community/events/sql';
import type { ExportedPage, ItemCounts } from './member-data.ts';

/** How long an export can be fetched. */
export const EXPORT_KEPT_DAYS = 7;

export interface AnsweredRequest {
  readonly kind: 'EXPORT' | 'ERASURE';
  readonly items: ItemCounts;
  readonly at: Date;
}

/** What was answered to a request; null when it was not yet. */
export async function findAnswer(sql: Sql, requestId: string): Promise<AnsweredRequest | null> {
  const [row] = await sql.query<AnsweredRequest>(
    'SELECT kind, items, done_at AS at FROM kit.member_data WHERE request_id = $1::uuid',
    [requestId],
  );
  return row ?? null;
}

export async function saveAnswer(
  sql: Sql,
  answer: { requestId: string; memberId: string; kind: 'EXPORT' | 'ERASURE'; items: ItemCounts },
): Promise<void> {
  await sql.query(
    'INSERT INTO kit.member_data (request_id, kind, member_id, items) VALUES ($1::uuid, $2, $3::uuid, $4::jsonb) ON CONFLICT DO NOTHING',
    [answer.requestId, answer.kind, answer.memberId, JSON.stringify(answer.items)],
  );
}

/** Writes a page, in the place of one that an earlier try wrote. */
export async function savePage(
  sql: Sql,
  request: { requestId: string; memberId: string },
  number: number,
  page: ExportedPage,
): Promise<void> {
  await sql.query(
    `INSERT INTO kit.member_export (request_id, page, member_id, section, items) VALUES ($1::uuid, $2::int, $3::uuid, $4, $5::jsonb)
     ON CONFLICT (request_id, page) DO UPDATE SET section = excluded.section, items = excluded.items`,
    [request.requestId, number, request.memberId, page.section, JSON.stringify(page.items)],
  );
}

/** Removes the pages from a number on: an earlier try may have written more. */
export async function dropPagesFrom(sql: Sql, requestId: string, number: number): Promise<void> {
  await sql.query('DELETE FROM kit.member_export WHERE request_id = $1::uuid AND page >= $2::int', [requestId, number]);
}

/** Removes all that was exported of a member. */
export async function dropExportsOf(sql: Sql, memberId: string): Promise<void> {
  await sql.query('DELETE FROM kit.member_export WHERE member_id = $1::uuid', [memberId]);
}

/** What was exported by a request, by section; null when there is nothing (any more). */
export async function readExport(sql: Sql, requestId: string): Promise<Record<string, unknown[]> | null> {
  const pages = await sql.query<{ section: string; items: unknown[] }>(
    'SELECT section, items FROM kit.member_export WHERE request_id = $1::uuid ORDER BY page',
    [requestId],
  );
  if (pages.length === 0) return null;
  const sections: Record<string, unknown[]> = {};
  for (const { section, items } of pages) sections[section] = [...(sections[section] ?? []), ...items];
  return sections;
}

/** Removes exports that have expired. */
export async function sweepExports(sql: Sql): Promise<void> {
  await sql.query(
    `DELETE FROM kit.member_export WHERE created_at < now() - make_interval(days => ${EXPORT_KEPT_DAYS})`,
  );
}

import type { PageRequest } from '@community/kit/connection';
import { newId } from '@community/kit/ids';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { CaseOrigin, CaseStatus, ModerationCase, Report, ReportReason, Thing } from './moderation.ts';

export type CaseStore = ReturnType<typeof createCaseStore>;

const FIELDS = {
  id: true,
  kind: true,
  thingId: true,
  authorId: true,
  origin: true,
  heldFor: true,
  status: true,
  reportCount: true,
  openedAt: true,
  decidedAt: true,
  decidedBy: true,
} as const;
const MOST_REPORTS = 20;

/** The words of a thing, whether they are shown or not. */
export interface Words {
  readonly title: string | null;
  readonly body: string;
  readonly bodyHtml: string;
}

export function createCaseStore(prisma: Db) {
  return {
    /** A page of cases, the oldest first; one more than asked for. */
    async page(status: CaseStatus, { first, after }: PageRequest): Promise<ModerationCase[]> {
      const openedAt = after && new Date(String(after[0]));
      return prisma.moderationCase.findMany({
        where: {
          status,
          ...(openedAt && after
            ? { OR: [{ openedAt: { gt: openedAt } }, { openedAt, id: { gt: String(after[1]) } }] }
            : {}),
        },
        orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
        take: first + 1,
        select: FIELDS,
      });
    },

    /** The latest reports of each case, in the order of the ids. */
    async reports(caseIds: readonly string[]): Promise<Report[][]> {
      const rows = await prisma.$queryRaw<(Report & { caseId: string })[]>`
        SELECT asked.id AS "caseId", report.* FROM unnest(${[...caseIds]}::uuid[]) AS asked (id)
        CROSS JOIN LATERAL (
          SELECT reporter_id AS "reporterId", reason, note, created_at AS "createdAt" FROM report
          WHERE case_id = asked.id ORDER BY created_at DESC, reporter_id LIMIT ${MOST_REPORTS}
        ) AS report`;
      return caseIds.map((id) => rows.filter((row) => row.caseId === id));
    },

    /** What posts and comments say, in the order of the ids; null of those that their authors took away. */
    async words(thingIds: readonly string[]): Promise<(Words | null)[]> {
      const ids = Prisma.sql`${[...thingIds]}::uuid[]`;
      const rows = await prisma.$queryRaw<(Words & { id: string })[]>`
        SELECT id, title, body, body_html AS "bodyHtml" FROM post WHERE id = ANY(${ids}) AND visibility <> 'DELETED'
        UNION ALL
        SELECT id, NULL, body, body_html FROM comment WHERE id = ANY(${ids}) AND visibility <> 'DELETED'`;
      const byId = new Map(rows.map((row) => [row.id, row]));
      return thingIds.map((id) => byId.get(id) ?? null);
    },

    async byId(tx: Tx, id: string): Promise<ModerationCase | null> {
      return tx.moderationCase.findUnique({ where: { id }, select: FIELDS });
    },

    /** The open case of a thing, whose row must be locked. */
    async openOf(tx: Tx, thingId: string): Promise<ModerationCase | null> {
      return tx.moderationCase.findFirst({ where: { thingId, status: 'OPEN' }, select: FIELDS });
    },

    async open(
      tx: Tx,
      opened: Thing & { authorId: string; origin: CaseOrigin; heldFor?: string },
    ): Promise<ModerationCase> {
      const { id: thingId, ...rest } = opened;
      return tx.moderationCase.create({ data: { ...rest, thingId, id: newId() }, select: FIELDS });
    },

    /** Adds a report to a case. @returns the number of the event that tells of it; null when she reported the thing before */
    async report(
      tx: Tx,
      { id, thingId }: ModerationCase,
      report: { reporterId: string; reason: ReportReason; note: string },
    ): Promise<number | null> {
      const data = [{ ...report, thingId, caseId: id }];
      if ((await tx.report.createMany({ data, skipDuplicates: true })).count === 0) return null;
      const { eventVersion } = await tx.moderationCase.update({
        where: { id },
        data: { reportCount: { increment: 1 }, eventVersion: { increment: 1 } },
        select: { eventVersion: true },
      });
      return eventVersion;
    },

    /** Whether the member reported the thing already. */
    async hasReported(tx: Tx, reporterId: string, thingId: string): Promise<boolean> {
      return (await tx.report.count({ where: { reporterId, thingId } })) > 0;
    },

    /** @returns the case as it is decided, and the number of the event that tells of it */
    async decide(
      tx: Tx,
      id: string,
      status: Exclude<CaseStatus, 'OPEN'>,
      decidedBy: string | null,
    ): Promise<{ decided: ModerationCase; eventVersion: number }> {
      const { eventVersion, ...decided } = await tx.moderationCase.update({
        where: { id },
        data: { status, decidedBy, decidedAt: new Date(), eventVersion: { increment: 1 } },
        select: { ...FIELDS, eventVersion: true },
      });
      return { decided, eventVersion };
    },
  };
}

import type { Db, Tx } from '../../database.ts';
import type { Change, Told } from './inbox.ts';

export type ChangeStore = ReturnType<typeof createChangeStore>;

const FIELDS = {
  id: true,
  recipientId: true,
  kind: true,
  reason: true,
  targetType: true,
  targetId: true,
  actorCount: true,
  recentActorIds: true,
  shown: true,
  createdAt: true,
  updatedAt: true,
  readAt: true,
} as const;

/** The numbered changes of inboxes: what is delivered live, and read again by who missed some. */
export function createChangeStore(prisma: Db) {
  return {
    /**
     * Numbers changes of inboxes whose members are locked.
     * @param changes the notification that changed, or null when several did at once
     */
    async number(tx: Tx, changes: readonly { recipientId: string; notificationId: string | null }[]): Promise<Told> {
      const numbered = await tx.$queryRaw<{ recipientId: string; number: number }[]>`
        WITH told AS (
          SELECT "recipientId", "notificationId", row_number() OVER (PARTITION BY "recipientId" ORDER BY place)::int AS nth
          FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS ("recipientId" uuid, "notificationId" uuid))
            WITH ORDINALITY AS c ("recipientId", "notificationId", place)
        ), counted AS (
          UPDATE member SET last_number = last_number + added.count
          FROM (SELECT "recipientId", count(*)::int AS count FROM told GROUP BY 1) AS added
          WHERE id = added."recipientId"
          RETURNING id, last_number, last_number - added.count AS base
        ), written AS (
          INSERT INTO change (recipient_id, number, notification_id)
          SELECT told."recipientId", counted.base + told.nth, told."notificationId" FROM told JOIN counted ON counted.id = told."recipientId"
        )
        SELECT id AS "recipientId", last_number AS number FROM counted`;
      return new Map(numbered.map(({ recipientId, number }) => [recipientId, number]));
    },

    /** The number of the latest change of a member's inbox. */
    async lastNumber(memberId: string): Promise<number> {
      const member = await prisma.member.findUnique({ where: { id: memberId }, select: { lastNumber: true } });
      return member?.lastNumber ?? 0;
    },

    /** Changes after a number, in order; each with its notification as it is now. */
    async after(memberId: string, number: number, limit: number): Promise<Change[]> {
      const rows = await prisma.change.findMany({
        where: { recipientId: memberId, number: { gt: number } },
        orderBy: { number: 'asc' },
        take: limit,
        select: { number: true, notificationId: true },
      });
      const ids = [...new Set(rows.flatMap((row) => row.notificationId ?? []))];
      const found = await prisma.notification.findMany({ where: { id: { in: ids } }, select: FIELDS });
      const byId = new Map(found.map((notification) => [notification.id, notification]));
      return rows.map(({ notificationId, ...change }) => ({
        recipientId: memberId,
        number: change.number,
        notification: (notificationId && byId.get(notificationId)) || null,
      }));
    },
  };
}

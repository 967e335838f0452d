import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Kind } from '../act/act.ts';
import type { Notification } from './inbox.ts';

export type InboxStore = ReturnType<typeof createInboxStore>;

const COLUMNS = Prisma.raw(
  `id, recipient_id AS "recipientId", kind, reason, target_type AS "targetType", target_id AS "targetId", actor_count AS "actorCount",
   recent_actor_ids AS "recentActorIds", shown, created_at AS "createdAt", updated_at AS "updatedAt", read_at AS "readAt"`,
);

export function createInboxStore(prisma: Db) {
  return {
    /** A member's inbox, the latest first, one more than asked for. */
    async page(
      memberId: string,
      filter: { unreadOnly: boolean; kinds: readonly Kind[] | null },
      { first, after }: PageRequest,
    ): Promise<Notification[]> {
      const unread = filter.unreadOnly ? Prisma.sql`AND read_at IS NULL` : Prisma.empty;
      const kinds = filter.kinds ? Prisma.sql`AND kind = ANY(${[...filter.kinds]}::kind[])` : Prisma.empty;
      const behind = after
        ? Prisma.sql`AND (updated_at, id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Notification[]>`
        SELECT ${COLUMNS} FROM notification WHERE recipient_id = ${memberId}::uuid AND shown ${unread} ${kinds} ${behind}
        ORDER BY updated_at DESC, id DESC LIMIT ${first + 1}`;
    },

    /** A notification, if it is unread and there is something to tell of it, wherever the recipient wants to be told. */
    async unread(id: string): Promise<Notification | null> {
      const [row] = await prisma.$queryRaw<Notification[]>`
        SELECT ${COLUMNS} FROM notification
        WHERE id = ${id}::uuid AND read_at IS NULL AND (kind <> 'MESSAGE' OR actor_count > 0)
          AND EXISTS (SELECT FROM act WHERE notification_id = notification.id AND NOT hidden)`;
      return row ?? null;
    },

    /** How many notifications are unread, in the order of the members. */
    async unreadCounts(memberIds: readonly string[]): Promise<number[]> {
      const rows = await prisma.notification.groupBy({
        by: ['recipientId'],
        where: { recipientId: { in: [...memberIds] }, shown: true, readAt: null },
        _count: true,
      });
      const counts = new Map(rows.map((row) => [row.recipientId, row._count]));
      return memberIds.map((id) => counts.get(id) ?? 0);
    },

    /** Locks a member's inbox against merges and other readers until the transaction ends. */
    async lock(tx: Tx, memberId: string): Promise<void> {
      await tx.$executeRaw`
        INSERT INTO member (id) VALUES (${memberId}::uuid) ON CONFLICT (id) DO UPDATE SET language = member.language`;
    },

    /** Marks some of a member's unread notifications as read. @returns the ids of those that were unread */
    async markRead(tx: Tx, memberId: string, ids: readonly string[], readAt: Date): Promise<string[]> {
      const rows = await tx.notification.updateManyAndReturn({
        where: { recipientId: memberId, id: { in: [...ids] }, shown: true, readAt: null },
        data: { readAt },
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },

    /** Marks those as read whose latest change has at most a number; all without one. @returns how many were unread */
    async markReadUpTo(tx: Tx, memberId: string, number: number | null, readAt: Date): Promise<number> {
      return tx.$executeRaw`
        UPDATE notification n SET read_at = ${readAt}::timestamptz
        WHERE recipient_id = ${memberId}::uuid AND shown AND read_at IS NULL
          AND (${number}::int IS NULL OR NOT EXISTS (
            SELECT FROM change WHERE change.recipient_id = n.recipient_id AND change.notification_id = n.id AND change.number > ${number}))`;
    },
  };
}

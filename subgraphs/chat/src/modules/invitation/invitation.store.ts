import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { Invitation } from './invitation.ts';

export type InvitationStore = ReturnType<typeof createInvitationStore>;

export function createInvitationStore(prisma: Db) {
  return {
    /** @returns those who were not invited before */
    async add(tx: Tx, roomId: string, memberIds: readonly string[], invitedBy: string): Promise<string[]> {
      const rows = await tx.roomInvitation.createManyAndReturn({
        data: memberIds.map((memberId) => ({ roomId, memberId, invitedBy })),
        skipDuplicates: true,
        select: { memberId: true },
      });
      return rows.map((row) => row.memberId);
    },

    async count(tx: Tx, roomId: string): Promise<number> {
      return tx.roomInvitation.count({ where: { roomId } });
    },

    /** @returns whether there was one */
    async remove(tx: Tx, roomId: string, memberId: string): Promise<boolean> {
      return (await tx.roomInvitation.deleteMany({ where: { roomId, memberId } })).count === 1;
    },

    /** A member's invitations, the newest first, one more than asked for; none by those with whom she stands in a block. */
    async of(memberId: string, { first, after }: PageRequest): Promise<Invitation[]> {
      const behind = after
        ? Prisma.sql`AND (invitation.created_at, room_id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Invitation[]>`
        SELECT room_id AS "roomId", invited_by AS "invitedBy", invitation.created_at AS "createdAt",
               coalesce(room.title, '') AS title, room.member_count AS "memberCount"
        FROM room_invitation AS invitation JOIN room ON room.id = room_id
        WHERE invitation.member_id = ${memberId}::uuid AND NOT EXISTS (
          SELECT FROM member_block
          WHERE (blocker_id, blocked_id) IN ((${memberId}::uuid, invited_by), (invited_by, ${memberId}::uuid))) ${behind}
        ORDER BY invitation.created_at DESC, room_id DESC LIMIT ${first + 1}`;
    },
  };
}

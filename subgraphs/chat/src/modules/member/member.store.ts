import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { RoomNotificationLevel, RoomRole } from '../room/room.ts';
import type { RoomMember } from './member.ts';

export type MemberStore = ReturnType<typeof createMemberStore>;

/** So many members share a live stream: when one of them may not receive it any more, the others begin anew. */
const COHORT_SIZE = 100;

const COLUMNS = Prisma.raw(
  `room_id AS "roomId", member_id AS "memberId", role::text, muted_until AS "mutedUntil", read_number AS "readNumber",
   joined_at AS "joinedAt"`,
);

/** A page of a room's members. */
export interface MemberList {
  readonly roomId: string;
  readonly page: PageRequest;
}

export function createMemberStore(prisma: Db) {
  return {
    /** Lets a member into a room, which is locked, in a cohort that has a place. @returns false when she is in it already */
    async join(tx: Tx, roomId: string, memberId: string, role: RoomRole, readNumber: number): Promise<boolean> {
      const joined = await tx.$executeRaw`
        WITH chosen AS (
          SELECT coalesce(
            (SELECT cohort FROM room_member WHERE room_id = ${roomId}::uuid GROUP BY cohort HAVING count(*) < ${COHORT_SIZE} ORDER BY cohort LIMIT 1),
            (SELECT coalesce(max(cohort), 0) + 1 FROM room_member WHERE room_id = ${roomId}::uuid)) AS cohort
        ), made AS (
          INSERT INTO room_cohort (room_id, cohort) SELECT ${roomId}::uuid, cohort FROM chosen ON CONFLICT DO NOTHING
        ), joined AS (
          INSERT INTO room_member (room_id, member_id, role, cohort, read_number)
          SELECT ${roomId}::uuid, ${memberId}::uuid, ${role}::room_role, cohort, ${readNumber} FROM chosen
          ON CONFLICT DO NOTHING RETURNING room_id
        )
        UPDATE room SET member_count = member_count + 1 FROM joined WHERE room.id = joined.room_id`;
      return joined === 1;
    },

    /** Takes a member out of a room, which is locked, and ends the streams that she shared. */
    async leave(tx: Tx, roomId: string, memberId: string): Promise<void> {
      await tx.$executeRaw`
        WITH gone AS (
          DELETE FROM room_member WHERE room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid RETURNING room_id, cohort
        ), ended AS (
          UPDATE room_cohort SET epoch = nextval('stream_epoch') FROM gone
          WHERE room_cohort.room_id = gone.room_id AND room_cohort.cohort = gone.cohort
        ), untold AS (
          DELETE FROM untold_read_mark WHERE room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid
        )
        UPDATE room SET member_count = member_count - 1 FROM gone WHERE room.id = gone.room_id`;
    },

    async find(tx: Tx, roomId: string, memberId: string): Promise<RoomMember | null> {
      const [row] = await tx.$queryRaw<RoomMember[]>`
        SELECT ${COLUMNS} FROM room_member WHERE room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid`;
      return row ?? null;
    },

    /** Which of these are members of the room. */
    async among(tx: Tx, roomId: string, memberIds: readonly string[]): Promise<Set<string>> {
      const rows = await tx.roomMember.findMany({
        where: { roomId, memberId: { in: [...memberIds] } },
        select: { memberId: true },
      });
      return new Set(rows.map((row) => row.memberId));
    },

    /** Those of these members who are in these rooms, with the epochs of the streams that are theirs alone. */
    async ofRooms(
      asked: readonly { roomId: string; memberId: string }[],
      tx: Tx = prisma,
    ): Promise<{ roomId: string; memberId: string; epoch: number }[]> {
      if (asked.length === 0) return [];
      return tx.$queryRaw`
        SELECT room_id AS "roomId", member_id AS "memberId", epoch FROM room_member WHERE (room_id, member_id) IN (
          SELECT * FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.memberId)}::uuid[]))`;
    },

    /** Who becomes the owner when the owner goes: the moderator, or else the member, who joined first. */
    async heirOf(tx: Tx, roomId: string): Promise<string | null> {
      const [row] = await tx.$queryRaw<{ memberId: string }[]>`
        SELECT member_id AS "memberId" FROM room_member WHERE room_id = ${roomId}::uuid AND role <> 'OWNER'
        ORDER BY role = 'MODERATOR' DESC, joined_at, member_id LIMIT 1`;
      return row?.memberId ?? null;
    },

    async change(
      tx: Tx,
      roomId: string,
      memberId: string,
      change: { role?: RoomRole; mutedUntil?: Date | null; level?: RoomNotificationLevel },
    ): Promise<void> {
      await tx.roomMember.update({
        where: { roomId_memberId: { roomId, memberId } },
        data: change,
        select: { roomId: true },
      });
    },

    /** Lists of rooms' members, who joined first at the top, one more than asked for; one statement for each size. */
    async lists(asked: readonly MemberList[]): Promise<RoomMember[][]> {
      const found = new Map<MemberList, RoomMember[]>(asked.map((list) => [list, []]));
      for (const first of new Set(asked.map((list) => list.page.first))) {
        const lists = asked.filter((list) => list.page.first === first);
        const rows = await prisma.$queryRaw<(RoomMember & { list: bigint })[]>`
          SELECT asked.list, page.*
          FROM unnest(
            ${lists.map((list) => list.roomId)}::uuid[],
            ${lists.map((list) => (list.page.after ? new Date(String(list.page.after[0])) : null))}::timestamptz[],
            ${lists.map((list) => (list.page.after ? String(list.page.after[1]) : null))}::uuid[]
          ) WITH ORDINALITY AS asked (room_id, after_time, after_id, list)
          CROSS JOIN LATERAL (
            SELECT ${COLUMNS} FROM room_member
            WHERE room_id = asked.room_id AND (asked.after_time IS NULL OR (joined_at, member_id) > (asked.after_time, asked.after_id))
            ORDER BY joined_at, member_id LIMIT ${first + 1}
          ) AS page
          ORDER BY asked.list, page."joinedAt", page."memberId"`;
        for (const { list, ...member } of rows) {
          const owner = lists[Number(list) - 1];
          if (owner) found.get(owner)?.push(member);
        }
      }
      return asked.map((list) => found.get(list) ?? []);
    },
  };
}

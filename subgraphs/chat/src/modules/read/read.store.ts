import type { Db, Tx } from '../../database.ts';

export type ReadStore = ReturnType<typeof createReadStore>;

export interface ReadMark {
  readonly roomId: string;
  readonly memberId: string;
  readonly number: number;
}

export function createReadStore(prisma: Db) {
  return {
    /** Moves a member's read mark forward, never beyond the room's last message. @returns whether she is in the room */
    async move(roomId: string, memberId: string, number: number): Promise<boolean> {
      const [row] = await prisma.$queryRaw<{ member: boolean }[]>`
        WITH moved AS (
          UPDATE room_member SET read_number = least(${number}, message_number) FROM room
          WHERE room.id = room_id AND room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid
            AND read_number < least(${number}, message_number)
          RETURNING room_id, member_id
        ), noted AS (
          INSERT INTO untold_read_mark (room_id, member_id) SELECT room_id, member_id FROM moved
          ON CONFLICT (room_id, member_id) DO UPDATE SET member_id = excluded.member_id
        )
        SELECT EXISTS (SELECT 1 FROM room_member WHERE room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid) AS member`;
      return row?.member ?? false;
    },

    /** Takes read marks that other domains were not told of; those that are being moved or taken are passed over. */
    async takeUntold(tx: Tx, limit: number): Promise<ReadMark[]> {
      const taken = await tx.$queryRaw<Omit<ReadMark, 'number'>[]>`
        DELETE FROM untold_read_mark WHERE (room_id, member_id) IN (
          SELECT room_id, member_id FROM untold_read_mark LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ) RETURNING room_id AS "roomId", member_id AS "memberId"`;
      if (taken.length === 0) return [];
      // A statement of its own, so that it sees marks that were moved until their notes were locked.
      return tx.$queryRaw<ReadMark[]>`
        SELECT room_id AS "roomId", member.member_id AS "memberId", read_number AS number
        FROM unnest(${taken.map((one) => one.roomId)}::uuid[], ${taken.map((one) => one.memberId)}::uuid[]) AS taken (room, member)
        JOIN room_member AS member ON room_id = taken.room AND member.member_id = taken.member`;
    },
  };
}

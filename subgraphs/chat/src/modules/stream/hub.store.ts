import type { Db } from '../../database.ts';

export type HubStore = ReturnType<typeof createHubStore>;

/** The last numbers of a room. */
export interface Numbers {
  readonly message: number;
  readonly messageChange: number;
  readonly roomChange: number;
}

interface MemberOfRoom {
  readonly roomId: string;
  readonly memberId: string;
}

/** What live delivery reads, for many rooms at once. */
export function createHubStore(prisma: Db) {
  return {
    async numbers(roomId: string): Promise<Numbers | null> {
      return prisma.room
        .findUnique({
          where: { id: roomId },
          select: { messageNumber: true, messageChangeNumber: true, roomChangeNumber: true },
        })
        .then((room) =>
          room
            ? {
                message: room.messageNumber,
                messageChange: room.messageChangeNumber,
                roomChange: room.roomChangeNumber,
              }
            : null,
        );
    },

    /** The members of rooms. */
    async memberIds(roomIds: readonly string[]): Promise<Map<string, string[]>> {
      if (roomIds.length === 0) return new Map();
      const rows = await prisma.$queryRaw<{ roomId: string; memberIds: string[] }[]>`
        SELECT room_id AS "roomId", array_agg(member_id::text) AS "memberIds" FROM room_member
        WHERE room_id = ANY(${[...roomIds]}::uuid[]) GROUP BY room_id`;
      return new Map(rows.map((row) => [row.roomId, row.memberIds]));
    },

    /** The epochs of these rooms' cohorts. */
    async cohorts(roomIds: readonly string[]): Promise<{ roomId: string; cohort: number; epoch: number }[]> {
      if (roomIds.length === 0) return [];
      return prisma.$queryRaw`
        SELECT room_id AS "roomId", cohort, epoch FROM room_cohort WHERE room_id = ANY(${[...roomIds]}::uuid[])`;
    },

    /** Those of these members who are in these rooms, with their own epochs. */
    async members(asked: readonly MemberOfRoom[]): Promise<(MemberOfRoom & { epoch: number })[]> {
      if (asked.length === 0) return [];
      return prisma.$queryRaw`
        SELECT room_id AS "roomId", member_id AS "memberId", epoch
        FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.memberId)}::uuid[]) AS asked (room, member)
        JOIN room_member ON room_id = room AND member_id = member`;
    },

    /** The pairs of these viewers and senders between whom there is a block, whoever of the two made it. */
    async blocks(
      viewerIds: readonly string[],
      senderIds: readonly string[],
    ): Promise<{ viewer: string; sender: string }[]> {
      if (viewerIds.length === 0 || senderIds.length === 0) return [];
      const [viewers, senders] = [[...viewerIds], [...senderIds]];
      return prisma.$queryRaw`
        SELECT blocker_id AS viewer, blocked_id AS sender FROM member_block
        WHERE blocker_id = ANY(${viewers}::uuid[]) AND blocked_id = ANY(${senders}::uuid[])
        UNION SELECT blocked_id, blocker_id FROM member_block
        WHERE blocked_id = ANY(${viewers}::uuid[]) AND blocker_id = ANY(${senders}::uuid[])`;
    },
  };
}

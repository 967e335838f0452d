import type { Db } from '../../database.ts';

export type HubStore = ReturnType<typeof createHubStore>;

/** The last numbers of a room. */
export interface Numbers {
  readonly message: number;
  readonly messageChange: number;
  readonly roomChange: number;
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
  };
}

import type { Db, Tx } from '../../database.ts';
import type { RoomRole } from './room.ts';
import type { RoomChange, RoomChangeKind } from './room-change.ts';

export type RoomChangeStore = ReturnType<typeof createRoomChangeStore>;

export interface NewRoomChange {
  readonly kind: RoomChangeKind;
  readonly actorId: string | null;
  readonly memberId?: string;
  readonly role?: RoomRole;
  readonly title?: string;
}

/** Numbers after which something is asked for, per room. */
export interface After {
  readonly roomId: string;
  readonly after: number;
}

export function createRoomChangeStore(prisma: Db) {
  return {
    /**
     * Counts changes and events of a room, which stays locked, and keeps the changes.
     * @returns the number of the last event
     */
    async append(tx: Tx, roomId: string, changes: readonly NewRoomChange[], events: number): Promise<number> {
      const room = await tx.room.update({
        where: { id: roomId },
        data: { roomChangeNumber: { increment: changes.length }, eventVersion: { increment: events } },
        select: { roomChangeNumber: true, eventVersion: true },
      });
      const first = room.roomChangeNumber - changes.length + 1;
      if (changes.length > 0)
        await tx.roomChange.createMany({
          data: changes.map((change, index) => ({ ...change, roomId, number: first + index })),
        });
      return room.eventVersion;
    },

    /** The changes of rooms after numbers, in order, at most `limit` of each room; by one statement. */
    async after(asked: readonly After[], limit: number): Promise<RoomChange[]> {
      return prisma.$queryRaw<RoomChange[]>`
        SELECT page.* FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.after)}::int[]) AS asked (room_id, after)
        CROSS JOIN LATERAL (
          SELECT room_id AS "roomId", number, kind::text, actor_id AS "actorId", member_id AS "memberId", role::text, title,
                 created_at AS "createdAt"
          FROM room_change WHERE room_id = asked.room_id AND number > asked.after ORDER BY number LIMIT ${limit}
        ) AS page
        ORDER BY page."roomId", page.number`;
    },
  };
}

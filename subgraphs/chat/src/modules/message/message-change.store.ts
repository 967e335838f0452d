import type { Db, Tx } from '../../database.ts';
import type { After } from '../room/room-change.store.ts';
import type { MessageChange, MessageChangeKind } from './message-change.ts';

export type MessageChangeStore = ReturnType<typeof createMessageChangeStore>;

export function createMessageChangeStore(prisma: Db) {
  return {
    /** Keeps a change of a message whose room is locked. @param events how many events tell of it @returns the number of the last one */
    async append(
      tx: Tx,
      change: { roomId: string; messageId: string; kind: MessageChangeKind; actorId: string },
      events = 0,
    ): Promise<number> {
      const room = await tx.room.update({
        where: { id: change.roomId },
        data: { messageChangeNumber: { increment: 1 }, eventVersion: { increment: events } },
        select: { messageChangeNumber: true, eventVersion: true },
      });
      await tx.messageChange.createMany({ data: [{ ...change, number: room.messageChangeNumber }] });
      return room.eventVersion;
    },

    /** The changes of rooms' messages after numbers, in order, at most `limit` of each room; by one statement. */
    async after(asked: readonly After[], limit: number): Promise<MessageChange[]> {
      return prisma.$queryRaw<MessageChange[]>`
        SELECT page.* FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.after)}::int[]) AS asked (room_id, after)
        CROSS JOIN LATERAL (
          SELECT room_id AS "roomId", number, kind::text, message_id AS "messageId", actor_id AS "actorId", created_at AS "createdAt"
          FROM message_change WHERE room_id = asked.room_id AND number > asked.after ORDER BY number LIMIT ${limit}
        ) AS page
        ORDER BY page."roomId", page.number`;
    },
  };
}

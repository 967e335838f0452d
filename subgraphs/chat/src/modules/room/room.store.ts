import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { RoomKind, RoomOfMember } from './room.ts';

export type RoomStore = ReturnType<typeof createRoomStore>;

/** A room with the membership of one of its members. */
const COLUMNS = Prisma.raw(
  `room.id, room.kind::text, room.title, room.member_count AS "memberCount", room.message_number AS "messageNumber",
   room.message_change_number AS "messageChangeNumber", room.room_change_number AS "roomChangeNumber",
   room.created_at AS "createdAt", room.last_activity_at AS "lastActivityAt",
   member.member_id AS "memberId", member.role::text, member.level::text, member.muted_until AS "mutedUntil",
   member.read_number AS "readNumber"`,
);

export function createRoomStore(prisma: Db) {
  return {
    /** Rooms by id, as far as the member is in them. */
    async ofMember(memberId: string, ids: readonly string[]): Promise<RoomOfMember[]> {
      return prisma.$queryRaw<RoomOfMember[]>`
        SELECT ${COLUMNS} FROM room JOIN room_member AS member ON member.room_id = room.id
        WHERE member.member_id = ${memberId}::uuid AND room.id = ANY(${[...ids]}::uuid[])`;
    },

    /** The member's rooms, the one with the latest activity first; one more than asked for. */
    async listOf(memberId: string, { first, after }: PageRequest): Promise<RoomOfMember[]> {
      const behind = after
        ? Prisma.sql`AND (room.last_activity_at, room.id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<RoomOfMember[]>`
        SELECT ${COLUMNS} FROM room JOIN room_member AS member ON member.room_id = room.id
        WHERE member.member_id = ${memberId}::uuid ${behind}
        ORDER BY room.last_activity_at DESC, room.id DESC LIMIT ${first + 1}`;
    },

    /**
     * A room of the member, locked until the transaction ends: whoever writes into it waits. Her membership is locked
     * too, because a row that is only joined would be read as it was before the wait.
     */
    async lock(tx: Tx, roomId: string, memberId: string): Promise<RoomOfMember | null> {
      const [row] = await tx.$queryRaw<RoomOfMember[]>`
        SELECT ${COLUMNS} FROM room JOIN room_member AS member ON member.room_id = room.id
        WHERE room.id = ${roomId}::uuid AND member.member_id = ${memberId}::uuid FOR UPDATE OF room, member`;
      return row ?? null;
    },

    /**
     * Rooms of members, by `<room> <member>`, locked as by `lock`. They are locked in the order of their ids, so that two
     * who lock several do not wait for each other.
     */
    async lockAll(tx: Tx, asked: readonly { roomId: string; memberId: string }[]): Promise<Map<string, RoomOfMember>> {
      if (asked.length === 0) return new Map();
      const rows = await tx.$queryRaw<RoomOfMember[]>`
        SELECT ${COLUMNS} FROM room JOIN room_member AS member ON member.room_id = room.id
        WHERE (room.id, member.member_id) IN (
          SELECT * FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.memberId)}::uuid[]))
        ORDER BY room.id, member.member_id FOR UPDATE OF room, member`;
      return new Map(rows.map((room) => [`${room.id} ${room.memberId}`, room]));
    },

    /** Locks a room whoever asks. @returns what one needs to know to let somebody in; null where there is none */
    async lockForJoining(tx: Tx, roomId: string) {
      const [row] = await tx.$queryRaw<{ id: string; kind: RoomKind; memberCount: number; messageNumber: number }[]>`
        SELECT id, kind::text, member_count AS "memberCount", message_number AS "messageNumber"
        FROM room WHERE id = ${roomId}::uuid FOR UPDATE`;
      return row ?? null;
    },

    /** The room that a pair of members has. */
    async directOf(tx: Tx, directKey: string): Promise<string | null> {
      return (await tx.room.findUnique({ where: { directKey }, select: { id: true } }))?.id ?? null;
    },

    /** @returns the id of the room that the pair has already, or null when this one was made */
    async create(
      tx: Tx,
      room: { id: string; kind: RoomKind; title: string | null; directKey: string | null; createdBy: string },
    ): Promise<string | null> {
      const { count } = await tx.room.createMany({ data: [room], skipDuplicates: true });
      if (count === 1 || room.directKey === null) return null;
      const earlier = await tx.room.findUniqueOrThrow({ where: { directKey: room.directKey }, select: { id: true } });
      return earlier.id;
    },

    async rename(tx: Tx, id: string, title: string): Promise<void> {
      await tx.room.update({ where: { id }, data: { title }, select: { id: true } });
    },

    /** A page of rooms with their members in the order of their ids, for snapshots. */
    async page(after: string | null, limit: number) {
      return prisma.room.findMany({
        where: after ? { id: { gt: after } } : {},
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          kind: true,
          messageNumber: true,
          eventVersion: true,
          members: { select: { memberId: true, role: true, level: true, readNumber: true } },
        },
      });
    },
  };
}

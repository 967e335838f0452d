import type { Db, Tx } from '../../database.ts';

export type MemberDataStore = ReturnType<typeof createMemberDataStore>;

/** In the place of a member who was erased. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A message that was erased, as its event tells it. */
interface ErasedMessage {
  readonly id: string;
  readonly roomId: string;
  readonly number: number;
  readonly eventVersion: number;
}

export function createMemberDataStore(prisma: Db) {
  return {
    async messagesPage(memberId: string, after: string | null, limit: number) {
      return prisma.message.findMany({
        where: { senderId: memberId, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          roomId: true,
          number: true,
          body: true,
          fileIds: true,
          visibility: true,
          createdAt: true,
          editedAt: true,
        },
      });
    },

    async roomsPage(memberId: string, after: string | null, limit: number) {
      return prisma.roomMember.findMany({
        where: { memberId, ...(after ? { roomId: { gt: after } } : {}) },
        orderBy: { roomId: 'asc' },
        take: limit,
        select: {
          roomId: true,
          role: true,
          level: true,
          readNumber: true,
          joinedAt: true,
          room: { select: { kind: true, title: true } },
        },
      });
    },

    async reactionsPage(memberId: string, after: string | null, limit: number) {
      const [messageId, emoji] = after?.split(' ') ?? [];
      return prisma.messageReaction.findMany({
        where: {
          memberId,
          ...(messageId ? { OR: [{ messageId: { gt: messageId } }, { messageId, emoji: { gt: emoji } }] } : {}),
        },
        orderBy: [{ messageId: 'asc' }, { emoji: 'asc' }],
        take: limit,
        select: { messageId: true, emoji: true, createdAt: true },
      });
    },

    /** Locks the rooms that she is in or has written to, in the order in which others lock several. @returns those that she is in */
    async lockRooms(tx: Tx, memberId: string) {
      return tx.$queryRaw<{ id: string; role: 'OWNER' | 'MODERATOR' | 'MEMBER' | null }[]>`
        SELECT room.id, (SELECT role::text FROM room_member WHERE room_id = room.id AND member_id = ${memberId}::uuid) AS role
        FROM room WHERE room.id IN (
          SELECT room_id FROM room_member WHERE member_id = ${memberId}::uuid
          UNION SELECT room_id FROM message WHERE sender_id = ${memberId}::uuid)
        ORDER BY room.id FOR UPDATE OF room`;
    },

    /** Makes tombstones of her messages, without sender and words, as changes that are numbered as all are. */
    async eraseMessages(tx: Tx, memberId: string): Promise<ErasedMessage[]> {
      return tx.$queryRaw<ErasedMessage[]>`
        WITH gone AS (
          UPDATE message SET sender_id = ${NOBODY}::uuid, body = '', mentioned_ids = '{}', file_ids = '{}', grams = '{}',
            visibility = 'DELETED', version = version + 1
          WHERE sender_id = ${memberId}::uuid RETURNING id, room_id, number
        ), counted AS (
          UPDATE room SET message_change_number = message_change_number + times, event_version = event_version + times
          FROM (SELECT room_id, count(*)::int AS times FROM gone GROUP BY room_id) AS of_room WHERE room.id = of_room.room_id
          RETURNING room.id, message_change_number - times AS last_change, event_version - times AS last_event
        ), placed AS (
          SELECT gone.*, last_change, last_event, row_number() OVER (PARTITION BY room_id ORDER BY number)::int AS place
          FROM gone JOIN counted ON counted.id = room_id
        ), kept AS (
          INSERT INTO message_change (room_id, number, kind, message_id, actor_id)
          SELECT room_id, last_change + place, 'DELETED', id, ${NOBODY}::uuid FROM placed
        )
        SELECT id, room_id AS "roomId", number, last_event + place AS "eventVersion" FROM placed ORDER BY room_id, place`;
    },

    /** Takes back her reactions. @returns how many */
    async eraseReactions(tx: Tx, memberId: string): Promise<number> {
      return (await tx.messageReaction.deleteMany({ where: { memberId } })).count;
    },

    /** Forgets invitations, blocks, grants, and in these rooms that they were made or shared by her. */
    async eraseTraces(tx: Tx, memberId: string, roomIds: readonly string[]): Promise<void> {
      await tx.roomInvitation.deleteMany({ where: { OR: [{ memberId }, { invitedBy: memberId }] } });
      await tx.memberBlock.deleteMany({ where: { OR: [{ blockerId: memberId }, { blockedId: memberId }] } });
      await tx.streamSession.deleteMany({ where: { memberId } });
      await tx.knownMember.deleteMany({ where: { id: memberId } });
      const id = { in: [...roomIds] };
      await tx.room.updateMany({ where: { id, createdBy: memberId }, data: { createdBy: NOBODY } });
      await tx.room.updateMany({ where: { id, directKey: { contains: memberId } }, data: { directKey: null } });
    },
  };
}

import type { Tx } from '../../database.ts';

export type RoomStore = ReturnType<typeof createRoomStore>;

export type Level = 'ALL' | 'MENTIONS' | 'NONE';

/** A message, as far as notifications tell of it. */
export interface Message {
  readonly roomId: string;
  readonly messageId: string;
  readonly number: number;
  readonly senderId: string;
  /** Whom it mentions or answers. */
  readonly addressedIds: readonly string[];
  readonly sentAt: Date;
}

/** The members of one room are told of its messages at most this often. */
const BETWEEN_ROUNDS_SECONDS = 5;
/** Who has the room open reads a message within moments, and is not told of it. */
const READING_SECONDS = 3;

/** Who is in which chat room, how she wants to be told of it and how far she has read, as chat has told. */
export function createRoomStore() {
  return {
    async join(tx: Tx, roomId: string, memberId: string, level: Level): Promise<void> {
      await tx.roomMember.upsert({
        where: { roomId_memberId: { roomId, memberId } },
        create: { roomId, memberId, level },
        update: { level },
        select: { roomId: true },
      });
    },

    async setLevel(tx: Tx, roomId: string, memberId: string, level: Level): Promise<void> {
      await tx.roomMember.updateMany({ where: { roomId, memberId }, data: { level } });
    },

    async leave(tx: Tx, roomId: string, memberId: string): Promise<void> {
      await tx.roomMember.deleteMany({ where: { roomId, memberId } });
    },

    /** Sets all members of a room. */
    async replace(
      tx: Tx,
      roomId: string,
      members: readonly { memberId: string; level: Level; readNumber: number }[],
    ): Promise<void> {
      await tx.roomMember.deleteMany({ where: { roomId } });
      await tx.roomMember.createMany({ data: members.map((member) => ({ roomId, ...member })) });
    },

    /**
     * Notes a message, which its sender has read, and has those told of it whom it addresses. The others are told in the
     * room's next round, of whatever there is by then: a message costs the same in a room of ten as in one of thousands.
     */
    async tell(tx: Tx, message: Message): Promise<void> {
      const { roomId, messageId, number, senderId, sentAt } = message;
      await tx.$executeRaw`
        WITH said AS (
          INSERT INTO room_sender (room_id, sender_id, last_number, sent_at)
          VALUES (${roomId}::uuid, ${senderId}::uuid, ${number}, ${sentAt}::timestamptz)
          ON CONFLICT (room_id, sender_id) DO UPDATE SET last_number = excluded.last_number, sent_at = excluded.sent_at
        )
        INSERT INTO room_round AS round (room_id, due_at)
        VALUES (${roomId}::uuid, now() + make_interval(secs => ${READING_SECONDS}))
        ON CONFLICT (room_id) DO UPDATE
        SET due_at = greatest(excluded.due_at, round.told_at + make_interval(secs => ${BETWEEN_ROUNDS_SECONDS}))
        WHERE round.due_at IS NULL`;
      await read(tx, roomId, senderId, number);
      const addressed = message.addressedIds.filter((id) => id !== senderId);
      if (addressed.length === 0) return;
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_type, target_id, actor_id, source_id, position, occurred_at, due_at)
        SELECT 'ADD', member_id, 'MENTION', 'ROOM', room_id, ${senderId}::uuid, ${messageId}::uuid, ${number}, ${sentAt}::timestamptz,
          now() + make_interval(secs => ${READING_SECONDS})
        FROM room_member
        WHERE room_id = ${roomId}::uuid AND member_id = ANY(${addressed}::uuid[]) AND level <> 'NONE' AND read_number < ${number}`;
    },

    /**
     * Has the members of rooms whose rounds are due told that there are messages of others which they have not read: one
     * act a member and room, whose source is the member herself. Who is behind it is counted when it is merged.
     * @returns whether there was anything to tell
     */
    async tellRounds(tx: Tx, limit: number): Promise<boolean> {
      const told = await tx.$executeRaw`
        WITH due AS (
          SELECT room_id FROM room_round WHERE due_at <= now() ORDER BY room_id LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ), begun AS (
          UPDATE room_round SET due_at = NULL, told_at = now() FROM due WHERE room_round.room_id = due.room_id
        ), latest AS MATERIALIZED (
          SELECT sender.* FROM due CROSS JOIN LATERAL (
            -- Two, as the latest may be the member's own.
            SELECT * FROM room_sender WHERE room_id = due.room_id ORDER BY last_number DESC LIMIT 2
          ) AS sender
        )
        INSERT INTO pending_act (operation, recipient_id, kind, target_type, target_id, source_id, occurred_at)
        SELECT 'ADD', member_id, 'MESSAGE', 'ROOM', member.room_id, member_id, max(sent_at)
        FROM room_member AS member JOIN latest ON latest.room_id = member.room_id
          AND latest.sender_id <> member.member_id AND latest.last_number > member.read_number
        WHERE level = 'ALL'
        GROUP BY member.room_id, member_id`;
      return told > 0;
    },

    /** Notes how far a member has read a room; what she was to be told of it is told no more. */
    read,

    /** Takes back what a member was told of a room's messages up to a number; of all of them without one. */
    forget,
  };
}

const ALL = 2_147_483_647;

async function read(tx: Tx, roomId: string, memberId: string, number: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE room_member SET read_number = ${number}
    WHERE room_id = ${roomId}::uuid AND member_id = ${memberId}::uuid AND read_number < ${number}`;
  await forget(tx, roomId, memberId, number);
}

async function forget(tx: Tx, roomId: string, memberId: string, number = ALL): Promise<void> {
  // What waits is deleted at once: it is not due yet, and a later operation must not overtake it.
  await tx.$executeRaw`
    DELETE FROM pending_act
    WHERE recipient_id = ${memberId}::uuid AND target_id = ${roomId}::uuid AND operation = 'ADD' AND kind = 'MENTION' AND position <= ${number}`;
  await tx.$executeRaw`
    INSERT INTO pending_act (operation, recipient_id, target_id, position, occurred_at)
    SELECT 'READ', ${memberId}::uuid, ${roomId}::uuid, ${number}, now()
    WHERE EXISTS (
      SELECT FROM notification WHERE recipient_id = ${memberId}::uuid AND target_id = ${roomId}::uuid AND read_at IS NULL)`;
}

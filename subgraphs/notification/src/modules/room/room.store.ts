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

/** Of one sender in one room, an unread notification is made newer at most this often. */
const REFRESH_SECONDS = 10;
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
     * Has the members of a room told of a message, as each wants: those whom it addresses of that, others of there being
     * messages of its sender. Who has read so far already, or was told of that sender just now, is passed over. Its sender
     * has read the room up to it.
     */
    async tell(tx: Tx, message: Message): Promise<void> {
      const { roomId, messageId, number, senderId, sentAt } = message;
      const addressed = [...message.addressedIds];
      await tx.$executeRaw`
        INSERT INTO room_sender (room_id, sender_id, last_number) VALUES (${roomId}::uuid, ${senderId}::uuid, ${number})
        ON CONFLICT (room_id, sender_id) DO UPDATE SET last_number = excluded.last_number`;
      await read(tx, roomId, senderId, number);
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_type, target_id, actor_id, source_id, position, occurred_at, due_at)
        SELECT 'ADD', member_id, 'MENTION', 'ROOM', room_id, ${senderId}::uuid, ${messageId}::uuid, ${number}, ${sentAt}::timestamptz,
          now() + make_interval(secs => ${READING_SECONDS})
        FROM room_member
        WHERE room_id = ${roomId}::uuid AND member_id = ANY(${addressed}::uuid[]) AND member_id <> ${senderId}::uuid
          AND level <> 'NONE' AND read_number < ${number}`;
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_type, target_id, actor_id, source_id, occurred_at, due_at)
        SELECT 'ADD', member_id, 'MESSAGE', 'ROOM', room_id, ${senderId}::uuid, ${senderId}::uuid, ${sentAt}::timestamptz,
          now() + make_interval(secs => ${READING_SECONDS})
        FROM room_member m
        WHERE room_id = ${roomId}::uuid AND member_id <> ALL(${addressed}::uuid[]) AND member_id <> ${senderId}::uuid
          AND level = 'ALL' AND read_number < ${number}
          AND NOT EXISTS (
            SELECT FROM pending_act p WHERE p.recipient_id = m.member_id AND p.target_id = m.room_id AND p.source_id = ${senderId}::uuid)
          AND NOT EXISTS (
            SELECT FROM notification n JOIN act ON act.notification_id = n.id
            WHERE n.recipient_id = m.member_id AND n.kind = 'MESSAGE' AND n.target_id = m.room_id AND n.read_at IS NULL
              AND act.source_id = ${senderId}::uuid
              AND act.occurred_at > ${sentAt}::timestamptz - make_interval(secs => ${REFRESH_SECONDS}))`;
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
    DELETE FROM pending_act p
    WHERE p.recipient_id = ${memberId}::uuid AND p.target_id = ${roomId}::uuid AND p.operation = 'ADD'
      AND CASE p.kind WHEN 'MENTION' THEN p.position <= ${number}
        ELSE EXISTS (SELECT FROM room_sender s WHERE s.room_id = p.target_id AND s.sender_id = p.source_id AND s.last_number <= ${number}) END`;
  await tx.$executeRaw`
    INSERT INTO pending_act (operation, recipient_id, target_id, position, occurred_at)
    SELECT 'READ', ${memberId}::uuid, ${roomId}::uuid, ${number}, now()
    WHERE EXISTS (
      SELECT FROM notification WHERE recipient_id = ${memberId}::uuid AND target_id = ${roomId}::uuid AND read_at IS NULL)`;
}

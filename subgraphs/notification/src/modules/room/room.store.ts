import type { Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

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

/** How far a member has read a room. */
export interface ReadMark {
  readonly roomId: string;
  readonly memberId: string;
  readonly number: number;
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
     * Notes messages, which stand in the order of each room and which their senders have read, and has those told of them
     * whom they address. The others are told in the room's next round, of whatever there is by then: a message costs the
     * same in a room of ten as in one of thousands.
     */
    async tell(tx: Tx, messages: readonly Message[]): Promise<void> {
      const sent = rows(messages);
      await tx.$executeRaw`
        WITH mark AS MATERIALIZED (
          SELECT DISTINCT ON ("roomId", "senderId") "roomId" AS room_id, "senderId" AS member_id, number, "sentAt" AS sent_at
          FROM jsonb_to_recordset(${sent}::jsonb) AS m ("roomId" uuid, "senderId" uuid, number int, "sentAt" timestamptz)
          ORDER BY "roomId", "senderId", number DESC
        ), said AS (
          INSERT INTO room_sender (room_id, sender_id, last_number, sent_at) SELECT * FROM mark
          ON CONFLICT (room_id, sender_id) DO UPDATE SET last_number = excluded.last_number, sent_at = excluded.sent_at
        ), ${MOVED}
        INSERT INTO room_round AS round (room_id, due_at)
        SELECT DISTINCT room_id, now() + make_interval(secs => ${READING_SECONDS}) FROM mark ORDER BY 1
        ON CONFLICT (room_id) DO UPDATE
        SET due_at = greatest(excluded.due_at, round.told_at + make_interval(secs => ${BETWEEN_ROUNDS_SECONDS}))
        WHERE round.due_at IS NULL`;
      await forget(
        tx,
        messages.map(({ roomId, senderId, number }) => ({ roomId, memberId: senderId, number })),
      );
      if (messages.every(({ addressedIds }) => addressedIds.length === 0)) return;
      await tx.$executeRaw`
        INSERT INTO pending_act (operation, recipient_id, kind, target_type, target_id, actor_id, source_id, position, occurred_at, due_at)
        SELECT 'ADD', member_id, 'MENTION', 'ROOM', room_id, "senderId", "messageId", number, "sentAt",
          now() + make_interval(secs => ${READING_SECONDS})
        FROM jsonb_to_recordset(${sent}::jsonb)
          AS m ("roomId" uuid, "messageId" uuid, number int, "senderId" uuid, "addressedIds" uuid[], "sentAt" timestamptz)
        JOIN room_member ON room_id = "roomId" AND member_id = ANY("addressedIds")
        WHERE member_id <> "senderId" AND level <> 'NONE' AND read_number < number
        ORDER BY number`;
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

    /** Notes how far members have read rooms; what they were to be told of that is told no more. */
    async read(tx: Tx, marks: readonly ReadMark[]): Promise<void> {
      await tx.$executeRaw`WITH mark AS MATERIALIZED (${rowsOf(marks)}), ${MOVED} SELECT`;
      await forget(tx, marks);
    },

    /** Takes back what a member was told of a room's messages. */
    forget: (tx: Tx, roomId: string, memberId: string): Promise<void> =>
      forget(tx, [{ roomId, memberId, number: ALL }]),
  };
}

const ALL = 2_147_483_647;

/** Rows of a parameter: one JSON array, however many there are. */
const rows = (values: readonly object[]) => JSON.stringify(values);

/** The furthest mark of each member in each room. */
function furthest(marks: readonly ReadMark[]): ReadMark[] {
  const found = new Map<string, ReadMark>();
  for (const mark of marks) {
    const key = `${mark.roomId} ${mark.memberId}`;
    if (mark.number > (found.get(key)?.number ?? -1)) found.set(key, mark);
  }
  return [...found.values()];
}

/** Read marks as rows. */
const rowsOf = (marks: readonly ReadMark[]) => Prisma.sql`
  SELECT "roomId" AS room_id, "memberId" AS member_id, number
  FROM jsonb_to_recordset(${rows(furthest(marks))}::jsonb) AS mark ("roomId" uuid, "memberId" uuid, number int)`;

/** Moves the read marks of members who are behind `mark`, in one order: those of a room come from different partitions. */
const MOVED = Prisma.raw(`
  behind AS MATERIALIZED (
    SELECT m.room_id, m.member_id, mark.number
    FROM mark JOIN room_member m ON m.room_id = mark.room_id AND m.member_id = mark.member_id AND m.read_number < mark.number
    ORDER BY m.room_id, m.member_id FOR UPDATE OF m
  ), moved AS (
    UPDATE room_member m SET read_number = behind.number FROM behind
    WHERE m.room_id = behind.room_id AND m.member_id = behind.member_id
  )`);

/** Has told no more what was to be told of messages up to marks. */
async function forget(tx: Tx, marks: readonly ReadMark[]): Promise<void> {
  // What waits is deleted at once: it is not due yet, and a later operation must not overtake it.
  await tx.$executeRaw`
    WITH mark AS MATERIALIZED (${rowsOf(marks)}), gone AS (
      DELETE FROM pending_act WHERE id IN (
        SELECT p.id FROM mark JOIN pending_act p ON p.recipient_id = member_id AND p.target_id = room_id
          AND p.operation = 'ADD' AND p.kind = 'MENTION' AND p.position <= mark.number
        ORDER BY p.id FOR UPDATE OF p)
    )
    INSERT INTO pending_act (operation, recipient_id, target_id, position, occurred_at)
    SELECT 'READ', member_id, room_id, number, now() FROM mark CROSS JOIN LATERAL (
      -- One by one: a plan for many would read all notifications there are.
      SELECT FROM notification WHERE recipient_id = member_id AND target_id = room_id AND read_at IS NULL LIMIT 1
    ) AS open`;
}

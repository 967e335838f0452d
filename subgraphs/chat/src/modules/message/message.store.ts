import type { WindowRequest } from '@community/kit/connection';
import { inOrder } from '@community/kit/loader';
import { gramsOf } from '@community/kit/words';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { After } from '../room/room-change.store.ts';
import type { Message, MessageVisibility } from './message.ts';

export type MessageStore = ReturnType<typeof createMessageStore>;

/** A window of a room's messages: between two numbers, or on one side of a moment. */
export interface MessageList {
  readonly roomId: string;
  readonly window: WindowRequest;
  /** With a window from the start: from this moment on; with one from the end: before it. */
  readonly date: string | null;
}

export type NewMessage = Pick<
  Message,
  'id' | 'roomId' | 'senderId' | 'body' | 'replyToNumber' | 'mentionedIds' | 'fileIds'
>;

export const COLUMNS = Prisma.raw(
  `message.id, message.room_id AS "roomId", message.number, message.sender_id AS "senderId", message.body,
   message.reply_to_number AS "replyToNumber", message.mentioned_ids::text[] AS "mentionedIds", message.file_ids::text[] AS "fileIds",
   message.visibility::text, message.version, message.created_at AS "createdAt", message.edited_at AS "editedAt",
   ARRAY(SELECT jsonb_build_object('emoji', emoji, 'count', count(*)) FROM message_reaction
         WHERE message_id = message.id GROUP BY emoji ORDER BY min(created_at), emoji) AS reactions`,
);
const LAST = 2_147_483_647;

/** What a message is that was just sent. */
const AS_SENT = { visibility: 'VISIBLE', version: 1, editedAt: null, reactions: [] } as const;

export function createMessageStore(prisma: Db) {
  /** Windows of one kind and size, of many rooms, in one statement. */
  async function windows(lists: readonly MessageList[], from: 'start' | 'end', size: number) {
    const direction = Prisma.raw(from === 'start' ? 'ASC' : 'DESC');
    return prisma.$queryRaw<(Message & { list: bigint })[]>`
      SELECT asked.list, page.*
      FROM unnest(
        ${lists.map((list) => list.roomId)}::uuid[],
        ${lists.map((list) => Number(list.window.after?.[0] ?? 0))}::int[],
        ${lists.map((list) => Number(list.window.before?.[0] ?? LAST))}::int[],
        ${lists.map((list) => (list.date ? new Date(list.date) : null))}::timestamptz[]
      ) WITH ORDINALITY AS asked (room_id, after, before, date, list)
      CROSS JOIN LATERAL (
        SELECT coalesce((SELECT number FROM message WHERE room_id = asked.room_id AND created_at >= asked.date ORDER BY created_at, number LIMIT 1), ${LAST}) AS number
      ) AS dated
      CROSS JOIN LATERAL (
        SELECT ${COLUMNS} FROM message
        WHERE room_id = asked.room_id AND message.number > asked.after AND message.number < asked.before
          AND (asked.date IS NULL OR ${from === 'start' ? Prisma.sql`message.number >= dated.number` : Prisma.sql`message.number < dated.number`})
        ORDER BY message.number ${direction} LIMIT ${size + 1}
      ) AS page
      ORDER BY asked.list, page.number`;
  }

  return {
    /** Messages by id, as far as they are in rooms of the member; null where there is none. */
    async ofMember(memberId: string, ids: readonly string[]): Promise<(Message | null)[]> {
      const rows = await prisma.$queryRaw<Message[]>`
        SELECT ${COLUMNS} FROM message JOIN room_member AS member ON member.room_id = message.room_id
        WHERE message.id = ANY(${[...ids]}::uuid[]) AND member.member_id = ${memberId}::uuid`;
      return inOrder(ids, rows, (row) => row.id);
    },

    /** Messages by id, for whoever asks. */
    async byIds(ids: readonly string[], tx: Tx = prisma): Promise<Message[]> {
      if (ids.length === 0) return [];
      return tx.$queryRaw<Message[]>`SELECT ${COLUMNS} FROM message WHERE id = ANY(${[...ids]}::uuid[])`;
    },

    /** Messages by their places in rooms. */
    async byNumbers(asked: readonly { roomId: string; number: number }[]): Promise<(Message | null)[]> {
      const rows = await prisma.$queryRaw<Message[]>`
        SELECT ${COLUMNS} FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.number)}::int[]) AS asked (room_id, number)
        JOIN message ON message.room_id = asked.room_id AND message.number = asked.number`;
      return inOrder(
        asked.map((one) => `${one.roomId} ${one.number}`),
        rows,
        (row) => `${row.roomId} ${row.number}`,
      );
    },

    /** Windows of rooms' messages in their order, one more than asked for; one statement for each kind and size. */
    async lists(asked: readonly MessageList[]): Promise<Message[][]> {
      const groups = new Map<string, MessageList[]>();
      for (const list of asked) {
        const key = `${list.window.from} ${list.window.size}`;
        groups.set(key, [...(groups.get(key) ?? []), list]);
      }
      const found = new Map<MessageList, Message[]>(asked.map((list) => [list, []]));
      for (const lists of groups.values()) {
        const { from, size } = (lists[0] as MessageList).window;
        for (const { list, ...message } of await windows(lists, from, size)) {
          const owner = lists[Number(list) - 1];
          if (owner) found.get(owner)?.push(message);
        }
      }
      return asked.map((list) => found.get(list) ?? []);
    },

    /** The messages of rooms after numbers, in order, at most `limit` of each room; by one statement. */
    async after(asked: readonly After[], limit: number): Promise<Message[]> {
      return prisma.$queryRaw<Message[]>`
        SELECT page.* FROM unnest(${asked.map((one) => one.roomId)}::uuid[], ${asked.map((one) => one.after)}::int[]) AS asked (room_id, after)
        CROSS JOIN LATERAL (
          SELECT ${COLUMNS} FROM message WHERE room_id = asked.room_id AND number > asked.after ORDER BY number LIMIT ${limit}
        ) AS page
        ORDER BY page."roomId", page.number`;
    },

    /** Where a message is, for whoever asks: to lock its room before it is read. */
    async roomOf(id: string): Promise<string | null> {
      return (await prisma.message.findUnique({ where: { id }, select: { roomId: true } }))?.roomId ?? null;
    },

    async byId(tx: Tx, id: string): Promise<Message | null> {
      const [row] = await tx.$queryRaw<Message[]>`SELECT ${COLUMNS} FROM message WHERE id = ${id}::uuid`;
      return row ?? null;
    },

    /**
     * Adds messages at the ends of their rooms, which are locked, counts an event of each, and moves their senders' read
     * marks; by two statements. @returns the messages in their order, with the numbers of their events
     */
    async append(tx: Tx, added: readonly NewMessage[]): Promise<{ message: Message; eventVersion: number }[]> {
      const counts = new Map<string, number>();
      for (const { roomId } of added) counts.set(roomId, (counts.get(roomId) ?? 0) + 1);
      const rooms = await tx.$queryRaw<{ id: string; number: number; eventVersion: number; createdAt: Date }[]>`
        UPDATE room SET message_number = message_number + added, event_version = event_version + added,
          last_activity_at = greatest(last_activity_at, clock_timestamp())
        FROM unnest(${[...counts.keys()]}::uuid[], ${[...counts.values()]}::int[]) AS more (room, added) WHERE id = room
        RETURNING id, message_number - added AS number, event_version - added AS "eventVersion", last_activity_at AS "createdAt"`;
      const last = new Map(rooms.map((room) => [room.id, room]));
      const placed = added.map((message) => {
        const room = last.get(message.roomId);
        if (!room) throw new Error(`room ${message.roomId} is gone`);
        room.number += 1;
        room.eventVersion += 1;
        const { number, createdAt, eventVersion } = room;
        return { message: { ...message, ...AS_SENT, number, createdAt }, eventVersion };
      });
      const rows = placed.map(({ message }) => ({ ...message, grams: gramsOf(message.body) }));
      await tx.$executeRaw`
        WITH sent AS (
          INSERT INTO message (id, room_id, number, sender_id, body, reply_to_number, mentioned_ids, file_ids, grams, created_at)
          SELECT id, "roomId", number, "senderId", body, "replyToNumber", "mentionedIds", "fileIds", grams, "createdAt"
          FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS one (
            id uuid, "roomId" uuid, number int, "senderId" uuid, body text, "replyToNumber" int,
            "mentionedIds" uuid[], "fileIds" uuid[], grams text[], "createdAt" timestamptz)
          RETURNING room_id, sender_id, number
        )
        UPDATE room_member SET read_number = mark.number
        FROM (SELECT room_id, sender_id, max(number) AS number FROM sent GROUP BY room_id, sender_id) AS mark
        WHERE room_member.room_id = mark.room_id AND member_id = mark.sender_id`;
      return placed;
    },

    /** Changes a message whose room is locked. */
    async change(
      tx: Tx,
      id: string,
      change: {
        body: string;
        mentionedIds: readonly string[];
        fileIds?: readonly string[];
        visibility?: MessageVisibility;
      },
    ): Promise<void> {
      const { mentionedIds, fileIds, ...words } = change;
      await tx.message.update({
        where: { id },
        data: {
          ...words,
          mentionedIds: [...mentionedIds],
          ...(fileIds ? { fileIds: [...fileIds] } : {}),
          grams: gramsOf(change.body),
          version: { increment: 1 },
          ...(change.visibility ? {} : { editedAt: new Date() }),
        },
        select: { id: true },
      });
    },
  };
}

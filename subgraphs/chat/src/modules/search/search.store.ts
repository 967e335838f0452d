import type { PageRequest } from '@community/kit/connection';
import type { Db } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { COLUMNS } from '../message/message.store.ts';
import type { Message } from '../message/message.ts';

export type SearchStore = ReturnType<typeof createSearchStore>;

export function createSearchStore(prisma: Db) {
  return {
    /**
     * Messages of the member's rooms that have all grams and, as grams of one word can stand in several, all words; the
     * newest first, one more than asked for; before the rules.
     */
    async messages({
      memberId,
      roomId,
      words,
      grams,
      page: { first, after },
    }: {
      memberId: string;
      roomId: string | null;
      words: readonly string[];
      grams: readonly string[];
      page: PageRequest;
    }): Promise<Message[]> {
      const inRoom = roomId ? Prisma.sql`AND message.room_id = ${roomId}::uuid` : Prisma.empty;
      const behind = after
        ? Prisma.sql`AND (message.created_at, message.id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Message[]>`
        SELECT ${COLUMNS} FROM message
        WHERE message.grams @> ${[...grams]}::text[] ${inRoom} ${behind}
          AND message.room_id IN (SELECT room_id FROM room_member WHERE member_id = ${memberId}::uuid)
          AND NOT EXISTS (
            SELECT 1 FROM unnest(${[...words]}::text[]) AS word
            WHERE position(word IN lower(normalize(message.body, NFKC))) = 0)
        ORDER BY message.created_at DESC, message.id DESC LIMIT ${first + 1}`;
    },
  };
}

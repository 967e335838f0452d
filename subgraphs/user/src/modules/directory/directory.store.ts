import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { unblocked } from '../block/block.store.ts';

export type DirectoryStore = ReturnType<typeof createDirectoryStore>;

/** A member who was found, with what the list is sorted by. */
export interface Found {
  readonly id: string;
  /** 0: her handle is what was sought; 1: her handle or name begins with it; 2: it is somewhere in them. */
  readonly rank: number;
  /** Of her name: of two that hold what was sought, the shorter one is more like it. */
  readonly length: number;
  readonly handle: string;
}

/** What is sought, as `readSearch` reads it. */
export interface Search {
  readonly text: string;
  readonly words: readonly string[];
  readonly grams: readonly string[];
}

/** A condition of SQL on a row of `profile`: whether the viewer may come upon this member without knowing of her. */
export function findableBy(viewerId: string | null): Prisma.Sql {
  const asFollower = viewerId
    ? Prisma.sql`OR profile.id = ${viewerId}::uuid OR (findable_by = 'FOLLOWERS'
        AND EXISTS (SELECT FROM follow WHERE follower_id = ${viewerId}::uuid AND followee_id = profile.id))`
    : Prisma.empty;
  return Prisma.sql`(status = 'ACTIVE' AND NOT is_suspended AND (findable_by = 'EVERYONE' ${asFollower})
    AND ${unblocked(viewerId, Prisma.sql`profile.id`)})`;
}

export function createDirectoryStore(prisma: Db) {
  return {
    /**
     * Members whose handle and name hold all words, the most alike first, one more than asked for. Grams find
     * candidates by an index; as grams of one word can stand in several, the words are looked for again.
     */
    async search(
      { text, words, grams }: Search,
      { first, after }: PageRequest,
      viewerId: string | null,
    ): Promise<Found[]> {
      const [rank, length, handle] = after ?? [];
      const behind = after
        ? Prisma.sql`WHERE (rank, length, handle) > (${Number(rank)}::int, ${Number(length)}::int, ${String(handle)}::text)`
        : Prisma.empty;
      return prisma.$queryRaw<Found[]>`
        SELECT * FROM (
          SELECT id, handle::text, length(display_name) AS length, CASE
            WHEN handle = ${text} THEN 0
            WHEN starts_with(handle, ${text}) OR starts_with(lower(normalize(display_name, NFKC)), ${text}) THEN 1
            ELSE 2 END AS rank
          FROM profile
          WHERE grams @> ${[...grams]}::text[] AND ${findableBy(viewerId)}
            AND NOT EXISTS (
              SELECT FROM unnest(${[...words]}::text[]) AS word
              WHERE position(word IN handle || ' ' || lower(normalize(display_name, NFKC))) = 0)
        ) AS found
        ${behind} ORDER BY rank, length, handle LIMIT ${first + 1}`;
    },

    /** Notes whether a member is suspended: nobody comes upon her then. */
    async setSuspended(tx: Tx, memberId: string, isSuspended: boolean): Promise<void> {
      await tx.profile.updateMany({ where: { id: memberId, isSuspended: !isSuspended }, data: { isSuspended } });
    },
  };
}

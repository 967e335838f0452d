import type { AudienceState } from '@community/kit/audience';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export type AudienceStore = ReturnType<typeof createAudienceStore>;

/**
 * Whether the viewer may see what somebody wrote: the one place where that is decided, as a condition of SQL, so that
 * pages are full and no list, count or reference costs a statement for it. Of two members of whom one blocks the other
 * neither sees what the other wrote; what a private member wrote is for her and her followers, and what a suspended one
 * wrote for nobody.
 * @param author the column with the author's id
 */
export function visibleTo(viewerId: string | null, author: Prisma.Sql): Prisma.Sql {
  return viewerId ? seenBy(Prisma.sql`${viewerId}::uuid`, author) : isPublic(author);
}

/**
 * That there is no such row, as a condition that PostgreSQL tries on each row that it comes to. A plain NOT EXISTS it may
 * make a join of, and of tables that are empty and so never analysed it believes that hardly a row is left by that: then
 * it reads and sorts all posts for a page of twenty.
 */
const none = (rows: Prisma.Sql) => Prisma.sql`EXISTS (${rows}) IS NOT TRUE`;

const isStanding = (author: Prisma.Sql) => none(Prisma.sql`SELECT FROM suspended_member WHERE member_id = ${author}`);

const isPublic = (author: Prisma.Sql) =>
  Prisma.sql`(${isStanding(author)} AND ${none(Prisma.sql`SELECT FROM private_member WHERE member_id = ${author}`)})`;

// Two conditions for blocks and not one with OR: each is one hash of the viewer's blocks when many rows are looked at.
const seenBy = (viewer: Prisma.Sql, author: Prisma.Sql) => Prisma.sql`(${isStanding(author)}
  AND ${none(Prisma.sql`SELECT FROM member_block WHERE blocker_id = ${viewer} AND blocked_id = ${author}`)}
  AND ${none(Prisma.sql`SELECT FROM member_block WHERE blocked_id = ${viewer} AND blocker_id = ${author}`)}
  AND ${none(Prisma.sql`SELECT FROM private_member p WHERE p.member_id = ${author} AND p.member_id <> ${viewer}
      AND NOT EXISTS (SELECT FROM member_follow WHERE follower_id = ${viewer} AND followee_id = p.member_id)`)})`;

/** Whether the viewer wants what somebody wrote in her feeds: what she did not look for. */
export function wantedBy(viewerId: string | null, author: Prisma.Sql): Prisma.Sql {
  if (!viewerId) return Prisma.sql`TRUE`;
  return none(Prisma.sql`SELECT FROM member_mute WHERE muter_id = ${viewerId}::uuid AND muted_id = ${author}`);
}

/** Those with whom the viewer stands in a block. */
const blockedWith = (viewerId: string) => Prisma.sql`
  (SELECT blocked_id AS id FROM member_block WHERE blocker_id = ${viewerId}::uuid
   UNION SELECT blocker_id FROM member_block WHERE blocked_id = ${viewerId}::uuid)`;

/** Ids with their places, as rows; the one that a mutation asks for as a plain row, so that the plan is kept (docs/decisions/0069). */
const asked = (ids: readonly string[]) =>
  ids.length === 1
    ? Prisma.sql`(VALUES (${ids[0]}::uuid, 1))`
    : Prisma.sql`unnest(${[...ids]}::uuid[]) WITH ORDINALITY`;

export function createAudienceStore(prisma: Db) {
  return {
    /** Whether anything was hidden since, and which of the members see what everybody sees: nobody's more, nobody's less. */
    async state(memberIds: readonly string[]): Promise<AudienceState> {
      const [row] = await prisma.$queryRaw<AudienceState[]>`
        SELECT (SELECT epoch::text FROM audience_epoch) AS epoch, ARRAY(
          SELECT member.id::text FROM unnest(${[...memberIds]}::uuid[]) AS member (id)
          WHERE NOT EXISTS (SELECT FROM member_block WHERE blocker_id = member.id)
            AND NOT EXISTS (SELECT FROM member_block WHERE blocked_id = member.id)
            AND NOT EXISTS (SELECT FROM member_mute WHERE muter_id = member.id)
            AND NOT EXISTS (SELECT FROM private_member WHERE member_id = member.id)
            AND NOT EXISTS (SELECT FROM suspended_member WHERE member_id = member.id)
            AND NOT EXISTS (SELECT FROM member_follow JOIN private_member ON member_id = followee_id WHERE follower_id = member.id)
            AND NOT EXISTS (SELECT FROM post WHERE author_id = member.id AND visibility = 'HELD')
            AND NOT EXISTS (SELECT FROM comment WHERE author_id = member.id AND visibility = 'HELD')
        ) AS "plainIds"`;
      if (!row) throw new Error('the database does not say whether anything was hidden');
      return row;
    },

    /** Whether the member may see what all of these wrote. */
    async seesAll(tx: Tx, memberId: string, authorIds: readonly string[]): Promise<boolean> {
      const [row] = await tx.$queryRaw<{ all: boolean }[]>`
        SELECT coalesce(bool_and(${visibleTo(memberId, Prisma.sql`author.id`)}), TRUE) AS all
        FROM unnest(${[...authorIds]}::uuid[]) AS author (id)`;
      return row?.all ?? false;
    },

    /** Which of the members may see what an author writes. */
    async viewersAmong(tx: Tx, authorId: string, memberIds: readonly string[]): Promise<string[]> {
      if (memberIds.length === 0) return [];
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM unnest(${[...memberIds]}::uuid[]) WITH ORDINALITY AS member (id, place)
        WHERE ${seenBy(Prisma.sql`member.id`, Prisma.sql`${authorId}::uuid`)} ORDER BY place`;
      return rows.map((row) => row.id);
    },

    /** How many likes and comments of each post a block hides from the viewer, in the order of the ids. */
    async hiddenOfPosts(viewerId: string, postIds: readonly string[]): Promise<{ likes: number; comments: number }[]> {
      return prisma.$queryRaw`
        WITH hidden AS ${blockedWith(viewerId)}
        SELECT
          (SELECT count(*)::int FROM hidden JOIN post_like ON member_id = hidden.id AND post_id = post.id) AS likes,
          (SELECT count(*)::int FROM hidden JOIN comment ON author_id = hidden.id AND post_id = post.id
           WHERE visibility = 'PUBLIC') AS comments
        FROM ${asked(postIds)} AS post (id, place) ORDER BY place`;
    },

    /** How many likes of and answers to each comment a block hides from the viewer, in the order of the ids. */
    async hiddenOfComments(
      viewerId: string,
      commentIds: readonly string[],
    ): Promise<{ likes: number; replies: number }[]> {
      return prisma.$queryRaw`
        WITH hidden AS ${blockedWith(viewerId)}
        SELECT
          (SELECT count(*)::int FROM hidden JOIN comment_like ON member_id = hidden.id AND comment_id = asked.id) AS likes,
          (SELECT count(*)::int FROM hidden JOIN comment ON author_id = hidden.id AND parent_id = asked.id
           WHERE visibility = 'PUBLIC' OR reply_count > 0) AS replies
        FROM ${asked(commentIds)} AS asked (id, place) ORDER BY place`;
    },
  };
}

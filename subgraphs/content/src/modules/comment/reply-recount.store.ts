import type { Db, Tx } from '../../database.ts';

export type ReplyRecountStore = ReturnType<typeof createReplyRecountStore>;

const NAME = 'reply_count';
/** Posts that are looked at by one statement. */
const PAGE = 500;

/** Some posts of the walk. */
export interface RecountPage {
  /** The last post before these; null at the beginning. */
  readonly after: string | null;
  /** The last of these; null when there are none. */
  readonly last: string | null;
  /** Those of these under which comments were taken away: only there can a count be wrong. */
  readonly postIds: readonly string[];
}

export function createReplyRecountStore(prisma: Db) {
  return {
    /** The posts that come next; null when the walk is done. */
    async next(): Promise<RecountPage | null> {
      const mark = await prisma.recount.findUnique({ where: { name: NAME } });
      if (!mark) return null;
      const rows = await prisma.$queryRaw<{ id: string; thinned: boolean }[]>`
        SELECT id, EXISTS (SELECT FROM comment WHERE post_id = page.id AND visibility NOT IN ('PUBLIC', 'HELD')) AS thinned
        FROM (SELECT id FROM post WHERE ${mark.after}::uuid IS NULL OR id > ${mark.after}::uuid ORDER BY id LIMIT ${PAGE}) AS page
        ORDER BY id`;
      const postIds = rows.filter(({ thinned }) => thinned).map(({ id }) => id);
      return { after: mark.after, last: rows.at(-1)?.id ?? null, postIds };
    },

    /** Notes that these posts are done, or that all are. @returns false when another walker has done so */
    async done({ after, last }: RecountPage): Promise<boolean> {
      const where = { name: NAME, after };
      const { count } = last
        ? await prisma.recount.updateMany({ where, data: { after: last } })
        : await prisma.recount.deleteMany({ where });
      return count === 1;
    },

    /** Counts the answers to each comment of a locked post as they are listed. */
    async recount(tx: Tx, postId: string): Promise<void> {
      let changed = 1;
      // What was taken away counts while it is answered itself: each round is right for one more level from below.
      while (changed > 0)
        changed = await tx.$executeRaw`
          UPDATE comment SET reply_count = counted.times
          FROM (
            SELECT answered.id, count(answer.id)::int AS times FROM comment AS answered
            LEFT JOIN comment AS answer ON answer.parent_id = answered.id
              AND (answer.visibility = 'PUBLIC' OR answer.reply_count > 0)
            WHERE answered.post_id = ${postId}::uuid GROUP BY answered.id
          ) AS counted
          WHERE comment.id = counted.id AND reply_count <> counted.times`;
    },
  };
}

import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo, wantedBy } from '../audience/audience.store.ts';
import { POST_COLUMNS } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';

export type FeedStore = ReturnType<typeof createFeedStore>;

/** A post with its place among the hottest of a moment. */
export interface RankedPost extends Post {
  readonly generation: number;
  readonly rank: number;
}

const AUTHOR = Prisma.raw('author_id');
const RANKED_AUTHOR = Prisma.raw('post."authorId"');
/** Nobody pages further, and older posts are hot no more. */
const MOST_RANKS = 500;
const OLDEST_DAYS = 30;
/** How long a generation can be paged through. */
const KEPT_SECONDS = 3_600;

export function createFeedStore(prisma: Db) {
  return {
    /**
     * Ranks the hottest posts at a moment: the order of magnitude of what they were answered and liked, against their age;
     * a post must have ten times as much to stay level with one that is 12.5 hours younger (the formula that Reddit published).
     * @param now in seconds since 1970
     */
    async rank(tx: Tx, now: number): Promise<void> {
      await tx.$executeRaw`
        INSERT INTO hot_rank (generation, rank, post_id)
        SELECT ${now}::int, row_number() OVER (ORDER BY heat DESC, id DESC), id FROM (
          SELECT id, log(greatest(like_count + 2 * comment_count, 1)) + extract(epoch FROM created_at) / 45000 AS heat
          FROM post WHERE visibility = 'PUBLIC' AND created_at > to_timestamp(${now}::int) - make_interval(days => ${OLDEST_DAYS}::int)
          ORDER BY heat DESC, id DESC LIMIT ${MOST_RANKS}
        ) AS hot ON CONFLICT DO NOTHING`;
      await tx.$executeRaw`DELETE FROM hot_rank WHERE generation < ${now - KEPT_SECONDS}`;
    },

    /**
     * The hottest posts as they were ranked when the first page was read, as far as the viewer may see and wants to; one
     * more than asked for. A generation that is kept no longer goes on in the newest.
     */
    async hot({ first, after }: PageRequest, viewerId: string | null): Promise<RankedPost[]> {
      const [generation, rank] = after ? after.map(Number) : [null, 0];
      return prisma.$queryRaw<RankedPost[]>`
        SELECT generation, rank, post.* FROM hot_rank
        CROSS JOIN LATERAL (SELECT ${POST_COLUMNS} FROM post WHERE id = post_id AND visibility = 'PUBLIC') AS post
        WHERE generation = coalesce(
            (SELECT generation FROM hot_rank WHERE generation = ${generation}::int LIMIT 1),
            (SELECT max(generation) FROM hot_rank))
          AND rank > ${rank}::int AND ${visibleTo(viewerId, RANKED_AUTHOR)} AND ${wantedBy(viewerId, RANKED_AUTHOR)}
        ORDER BY rank LIMIT ${first + 1}`;
    },

    /** The latest posts of those whom the member follows, as far as she may see and wants to; one more than asked for. */
    async following(memberId: string, { first, after }: PageRequest): Promise<Post[]> {
      const behind = after
        ? Prisma.sql`AND (created_at, id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Post[]>`
        SELECT ${POST_COLUMNS} FROM post
        WHERE author_id IN (SELECT followee_id FROM member_follow WHERE follower_id = ${memberId}::uuid)
          AND visibility = 'PUBLIC' AND ${visibleTo(memberId, AUTHOR)} AND ${wantedBy(memberId, AUTHOR)} ${behind}
        ORDER BY created_at DESC, id DESC LIMIT ${first + 1}`;
    },
  };
}

import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo } from '../audience/audience.store.ts';
import { COMMENT_COLUMNS } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import { POST_COLUMNS } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';

export type LikeStore = ReturnType<typeof createLikeStore>;

/** What is liked, as it is then, and the number of the event that tells of it. */
export interface Liked<Thing> {
  readonly thing: Thing;
  readonly eventVersion: number;
}

/**
 * Likes of one kind of things. One statement locks what is liked, so that its counter and the number of its next event
 * are right whoever else likes it.
 */
function likesOf<Thing>(of: { thing: Prisma.Sql; likes: Prisma.Sql; key: Prisma.Sql; columns: Prisma.Sql }) {
  return {
    /**
     * Sets or takes away a member's like of what she may see.
     * @returns null when that changes nothing, or she sees no such thing
     */
    async set(tx: Tx, memberId: string, id: string, liked: boolean): Promise<Liked<Thing> | null> {
      const change = liked
        ? Prisma.sql`INSERT INTO ${of.likes} (member_id, ${of.key}) SELECT ${memberId}::uuid, id FROM shown ON CONFLICT DO NOTHING`
        : Prisma.sql`DELETE FROM ${of.likes} USING shown WHERE member_id = ${memberId}::uuid AND ${of.key} = shown.id`;
      const [row] = await tx.$queryRaw<(Thing & { eventVersion: number })[]>`
        WITH shown AS (
          SELECT id FROM ${of.thing} WHERE id = ${id}::uuid AND visibility = 'PUBLIC'
            AND ${visibleTo(memberId, Prisma.raw('author_id'))} FOR UPDATE
        ), changed AS (${change} RETURNING ${of.key} AS liked_id)
        UPDATE ${of.thing} SET like_count = like_count + ${liked ? 1 : -1}::int, event_version = event_version + 1
        FROM changed WHERE id = liked_id RETURNING ${of.columns}, event_version AS "eventVersion"`;
      if (!row) return null;
      const { eventVersion, ...thing } = row;
      return { thing: thing as Thing, eventVersion };
    },
  };
}

export function createLikeStore(prisma: Db) {
  return {
    posts: likesOf<Post>({
      thing: Prisma.raw('post'),
      likes: Prisma.raw('post_like'),
      key: Prisma.raw('post_id'),
      columns: POST_COLUMNS,
    }),

    comments: likesOf<Comment>({
      thing: Prisma.raw('comment'),
      likes: Prisma.raw('comment_like'),
      key: Prisma.raw('comment_id'),
      columns: COMMENT_COLUMNS,
    }),

    /** Which of the posts the member likes. */
    async likedPosts(memberId: string, ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT post_id AS id FROM post_like WHERE member_id = ${memberId}::uuid AND post_id = ANY(${anyOf(ids)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Which of the comments the member likes. */
    async likedComments(memberId: string, ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT comment_id AS id FROM comment_like WHERE member_id = ${memberId}::uuid AND comment_id = ANY(${anyOf(ids)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },
  };
}

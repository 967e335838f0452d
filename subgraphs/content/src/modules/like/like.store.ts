import type { OutboxRow } from '@community/events/outbox';
import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo } from '../audience/audience.store.ts';
import { COMMENT_COLUMNS } from '../comment/comment.store.ts';
import type { Comment } from '../comment/comment.ts';
import { POST_COLUMNS } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';

export type LikeStore = ReturnType<typeof createLikeStore>;

/**
 * Likes of one kind of things. One statement does it all: it locks what is liked, so that its counter and the number of its
 * next event are right whoever else likes it, and puts that event into the outbox.
 */
function likesOf<Thing>(of: { thing: Prisma.Sql; likes: Prisma.Sql; key: Prisma.Sql; columns: Prisma.Sql }) {
  return {
    /**
     * Sets or takes away a member's like of what she may see.
     * @param told the event that tells of it; its number and `authorId` are put in here
     * @returns the thing as it is then; null when that changes nothing, or she sees no such thing
     */
    async set(tx: Tx, memberId: string, id: string, liked: boolean, told: OutboxRow): Promise<Thing | null> {
      const change = liked
        ? Prisma.sql`INSERT INTO ${of.likes} (member_id, ${of.key}) SELECT ${memberId}::uuid, id FROM shown ON CONFLICT DO NOTHING`
        : Prisma.sql`DELETE FROM ${of.likes} USING shown WHERE member_id = ${memberId}::uuid AND ${of.key} = shown.id`;
      const [row] = await tx.$queryRaw<(Thing & { eventVersion: number })[]>`
        WITH shown AS (
          SELECT id FROM ${of.thing} WHERE id = ${id}::uuid AND visibility = 'PUBLIC'
            AND ${visibleTo(memberId, Prisma.raw('author_id'))} FOR UPDATE
        ), changed AS (${change} RETURNING ${of.key} AS liked_id), counted AS (
          UPDATE ${of.thing} SET like_count = like_count + ${liked ? 1 : -1}::int, event_version = event_version + 1
          FROM changed WHERE id = liked_id RETURNING ${of.columns}, event_version AS "eventVersion"
        ), told AS (
          INSERT INTO events.outbox (topic, key, value)
          SELECT ${told.topic}::text, ${told.key}::text, jsonb_set(
            jsonb_set(${told.value}::jsonb, '{aggregateversion}', to_jsonb("eventVersion")), '{data,authorId}', to_jsonb("authorId"))
          FROM counted
        )
        SELECT * FROM counted`;
      if (!row) return null;
      const { eventVersion: _, ...thing } = row;
      return thing as Thing;
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

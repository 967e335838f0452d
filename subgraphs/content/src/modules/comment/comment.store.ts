import type { OutboxRow } from '@community/events/outbox';
import { anyOf, askedPages } from '@community/kit/asked-rows';
import type { PageRequest } from '@community/kit/connection';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo } from '../audience/audience.store.ts';
import type { Comment } from './comment.ts';

export type CommentStore = ReturnType<typeof createCommentStore>;

/** A page of the comments at the top of a post, or of the answers to a comment. */
export interface CommentList {
  readonly under: 'post' | 'comment';
  readonly ownerId: string;
  readonly page: PageRequest;
}

const FIELDS = {
  id: true,
  postId: true,
  parentId: true,
  depth: true,
  authorId: true,
  body: true,
  bodyHtml: true,
  visibility: true,
  version: true,
  likeCount: true,
  replyCount: true,
  createdAt: true,
  editedAt: true,
} as const;

/** The same fields in SQL, under the names that the domain gives them. */
export const COMMENT_COLUMNS = Prisma.raw(
  `id, post_id AS "postId", parent_id AS "parentId", depth, author_id AS "authorId", body, body_html AS "bodyHtml", visibility, version,
   like_count AS "likeCount", reply_count AS "replyCount", created_at AS "createdAt", edited_at AS "editedAt"`,
);
const AUTHOR = Prisma.raw('author_id');
const UNDER = {
  post: Prisma.raw('post_id = asked.owner AND parent_id IS NULL'),
  comment: Prisma.raw('parent_id = asked.owner'),
};

export function createCommentStore(prisma: Db) {
  /** Pages of one kind and size, for many owners, in one statement. */
  async function pages(
    under: CommentList['under'],
    first: number,
    lists: readonly CommentList[],
    viewerId: string | null,
  ): Promise<Map<CommentList, Comment[]>> {
    const rows = await prisma.$queryRaw<(Comment & { list: bigint })[]>`
      SELECT asked.list, page.*
      FROM ${askedPages(lists, 'uuid')}
      CROSS JOIN LATERAL (
        SELECT ${COMMENT_COLUMNS} FROM comment
        WHERE ${UNDER[under]} AND (visibility = 'PUBLIC' OR reply_count > 0) AND ${visibleTo(viewerId, AUTHOR)}
          AND (asked.after_time IS NULL OR (created_at, id) > (asked.after_time, asked.after_id))
        ORDER BY created_at, id
        LIMIT ${first + 1}
      ) AS page
      ORDER BY asked.list, page."createdAt", page.id`;
    const found = new Map(lists.map((list) => [list, [] as Comment[]]));
    for (const { list, ...comment } of rows) {
      const owner = lists[Number(list) - 1];
      if (owner) found.get(owner)?.push(comment);
    }
    return found;
  }

  return {
    /** Comments by id, in the order of the ids, tombstones too; null where there is none that the viewer may see. */
    async byIds(ids: readonly string[], viewerId: string | null): Promise<(Comment | null)[]> {
      const rows = await prisma.$queryRaw<Comment[]>`
        SELECT ${COMMENT_COLUMNS} FROM comment WHERE id = ANY(${anyOf(ids)}::uuid[]) AND ${visibleTo(viewerId, AUTHOR)}
          AND (visibility <> 'HELD' OR author_id = ${viewerId}::uuid)`;
      return inOrder(ids, rows, (row) => row.id);
    },

    /**
     * Lists of comments, oldest first, as far as the viewer may see them, one more than asked for; one statement for each kind and size. One that was taken
     * away is listed while it has answers, as a tombstone.
     */
    async lists(asked: readonly CommentList[], viewerId: string | null): Promise<Comment[][]> {
      const groups = new Map<string, CommentList[]>();
      for (const list of asked) {
        const key = `${list.under} ${list.page.first}`;
        groups.set(key, [...(groups.get(key) ?? []), list]);
      }
      const found = new Map<CommentList, Comment[]>();
      for (const [one, ...others] of groups.values()) {
        if (!one) continue;
        for (const [list, comments] of await pages(one.under, one.page.first, [one, ...others], viewerId))
          found.set(list, comments);
      }
      return asked.map((list) => found.get(list) ?? []);
    },

    /** A comment that is shown to the viewer; null when there is none. @param lock keeps its row locked until the transaction ends */
    async shownTo(tx: Tx, id: string, viewerId: string, { lock }: { lock: boolean }): Promise<Comment | null> {
      const [row] = await tx.$queryRaw<Comment[]>`
        SELECT ${COMMENT_COLUMNS} FROM comment
        WHERE id = ${id}::uuid AND visibility = 'PUBLIC' AND ${visibleTo(viewerId, AUTHOR)}
        ${lock ? Prisma.sql`FOR UPDATE` : Prisma.empty}`;
      return row ?? null;
    },

    /** A comment whose row stays locked until the transaction ends. */
    async lock(tx: Tx, id: string): Promise<Comment | null> {
      const [row] = await tx.$queryRaw<
        Comment[]
      >`SELECT ${COMMENT_COLUMNS} FROM comment WHERE id = ${id}::uuid FOR UPDATE`;
      return row ?? null;
    },

    async byId(tx: Tx, id: string): Promise<Comment | null> {
      return tx.comment.findUnique({ where: { id }, select: FIELDS });
    },

    /**
     * Adds a comment to a locked post.
     * @param told the event that tells of it: it is put into the outbox, and the comment counted; null for what nobody sees yet
     */
    async create(
      tx: Tx,
      comment: Pick<Comment, 'id' | 'postId' | 'parentId' | 'depth' | 'authorId' | 'body' | 'bodyHtml' | 'visibility'>,
      told: OutboxRow | null,
    ): Promise<Comment> {
      const { id, postId, parentId, depth, authorId, body, bodyHtml, visibility } = comment;
      // By the clock, not by the transaction's beginning: it may have waited for the post's row behind one that is older then.
      const beside = told
        ? Prisma.sql`, counted AS (UPDATE post SET comment_count = comment_count + 1 WHERE id = ${postId}::uuid), told AS (
            INSERT INTO events.outbox (topic, key, value) VALUES (${told.topic}, ${told.key}, ${told.value}::jsonb))`
        : Prisma.empty;
      const [row] = await tx.$queryRaw<Comment[]>`
        WITH made AS (
          INSERT INTO comment (id, post_id, parent_id, depth, author_id, body, body_html, visibility, created_at)
          VALUES (${id}::uuid, ${postId}::uuid, ${parentId}::uuid, ${depth}::int, ${authorId}::uuid, ${body}, ${bodyHtml},
            ${visibility}::visibility, clock_timestamp())
          RETURNING ${COMMENT_COLUMNS}
        )${beside}
        SELECT * FROM made`;
      if (!row) throw new Error(`comment ${id} is gone in the statement that made it`);
      return row;
    },

    /** Changes a locked comment, and counts the event that tells of it. @returns the comment and the event's number */
    async change(
      tx: Tx,
      id: string,
      change: {
        body?: string;
        bodyHtml?: string;
        editedAt?: Date;
        version?: { increment: 1 };
        visibility?: Comment['visibility'];
      },
    ): Promise<{ comment: Comment; eventVersion: number }> {
      const { eventVersion, ...comment } = await tx.comment.update({
        where: { id },
        data: { ...change, eventVersion: { increment: 1 } },
        select: { ...FIELDS, eventVersion: true },
      });
      return { comment, eventVersion };
    },

    /** Deletes a comment that nobody saw. */
    async discard(tx: Tx, id: string): Promise<void> {
      await tx.comment.delete({ where: { id }, select: { id: true } });
    },

    /** Counts an answer to a comment; a tombstone that is in the lists again by that counts for what it answered itself. */
    async addReply(tx: Tx, id: string): Promise<void> {
      let next: string | null = id;
      while (next) {
        const [answered]: Pick<Comment, 'parentId' | 'visibility' | 'replyCount'>[] = await tx.$queryRaw`
          UPDATE comment SET reply_count = reply_count + 1 WHERE id = ${next}::uuid
          RETURNING parent_id AS "parentId", visibility, reply_count AS "replyCount"`;
        next = answered && answered.visibility !== 'PUBLIC' && answered.replyCount === 1 ? answered.parentId : null;
      }
    },

    /**
     * Takes comments that were shown and are taken away off the counts of what they answered, as far as they left the
     * lists: one with answers keeps its place, and leaves it with the last of them. Their posts are locked.
     */
    async uncount(tx: Tx, ids: readonly string[]): Promise<void> {
      let gone = [...ids];
      while (gone.length > 0) {
        const answered = await tx.$queryRaw<{ id: string }[]>`
          WITH answered AS (
            SELECT parent_id AS id, count(*)::int AS times FROM comment
            WHERE id = ANY(${gone}::uuid[]) AND reply_count = 0 AND parent_id IS NOT NULL GROUP BY parent_id
          ), counted AS (
            UPDATE comment SET reply_count = reply_count - times FROM answered WHERE comment.id = answered.id
            RETURNING comment.id, reply_count, visibility
          )
          SELECT id FROM counted WHERE reply_count = 0 AND visibility <> 'PUBLIC'`;
        gone = answered.map(({ id }) => id);
      }
    },

    /** A page of comments in the order of their ids, for snapshots: those that were published. */
    async page(after: string | null, limit: number) {
      return prisma.comment.findMany({
        where: { visibility: { not: 'HELD' }, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          postId: true,
          parentId: true,
          authorId: true,
          visibility: true,
          createdAt: true,
          eventVersion: true,
        },
      });
    },
  };
}

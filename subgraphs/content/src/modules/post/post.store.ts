import { anyOf, askedPages } from '@community/kit/asked-rows';
import type { PageRequest } from '@community/kit/connection';
import { inOrder } from '@community/kit/loader';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo, wantedBy } from '../audience/audience.store.ts';
import type { Post, Visibility } from './post.ts';

export type PostStore = ReturnType<typeof createPostStore>;

/** A page of one board's posts, of one member's, or of those with a tag. */
export interface PostList {
  readonly by: 'board' | 'author' | 'tag';
  /** The id of the board or the member, or the tag's name. */
  readonly ownerId: string;
  readonly page: PageRequest;
}

const FIELDS = {
  id: true,
  boardId: true,
  authorId: true,
  title: true,
  body: true,
  bodyHtml: true,
  language: true,
  visibility: true,
  version: true,
  likeCount: true,
  commentCount: true,
  createdAt: true,
  editedAt: true,
  lockedAt: true,
} as const;

/** The same fields in SQL, under the names that the domain gives them. */
export const POST_COLUMNS = Prisma.raw(
  `id, board_id AS "boardId", author_id AS "authorId", title, body, body_html AS "bodyHtml", language, visibility, version,
   like_count AS "likeCount", comment_count AS "commentCount", created_at AS "createdAt", edited_at AS "editedAt",
   locked_at AS "lockedAt"`,
);
/** Where the lists of a kind are found: the rows, the owner, and the keyset as an index has it. */
const LISTS = {
  board: {
    from: Prisma.raw('post'),
    owner: Prisma.raw('board_id = asked.owner::uuid'),
    key: Prisma.raw('created_at, id'),
    order: Prisma.raw('created_at DESC, id DESC'),
  },
  author: {
    from: Prisma.raw('post'),
    owner: Prisma.raw('author_id = asked.owner::uuid'),
    key: Prisma.raw('created_at, id'),
    order: Prisma.raw('created_at DESC, id DESC'),
  },
  tag: {
    from: Prisma.raw('post_tag JOIN post ON id = post_id'),
    owner: Prisma.raw('name = asked.owner'),
    key: Prisma.raw('posted_at, post_id'),
    order: Prisma.raw('posted_at DESC, post_id DESC'),
  },
};
const AUTHOR = Prisma.raw('author_id');

export function createPostStore(prisma: Db) {
  /** Pages of one kind and size, for many owners, in one statement. */
  async function pages(
    by: PostList['by'],
    first: number,
    lists: readonly PostList[],
    viewerId: string | null,
  ): Promise<Map<PostList, Post[]>> {
    // A member's own page is looked for; a board or a tag is a feed.
    const wanted = by === 'author' ? Prisma.sql`TRUE` : wantedBy(viewerId, AUTHOR);
    const { from, owner: isOwner, key, order } = LISTS[by];
    const rows = await prisma.$queryRaw<(Post & { list: bigint })[]>`
      SELECT asked.list, page.*
      FROM ${askedPages(lists, 'text')}
      CROSS JOIN LATERAL (
        SELECT ${POST_COLUMNS} FROM ${from}
        WHERE ${isOwner} AND visibility = 'PUBLIC' AND ${visibleTo(viewerId, AUTHOR)} AND ${wanted}
          AND (asked.after_time IS NULL OR (${key}) < (asked.after_time, asked.after_id))
        ORDER BY ${order}
        LIMIT ${first + 1}
      ) AS page
      ORDER BY asked.list, page."createdAt" DESC, page.id DESC`;
    const found = new Map(lists.map((list) => [list, [] as Post[]]));
    for (const { list, ...post } of rows) {
      const owner = lists[Number(list) - 1];
      if (owner) found.get(owner)?.push(post);
    }
    return found;
  }

  return {
    /** Posts by id, in the order of the ids, tombstones among them; null where there is none that the viewer may see. */
    async byIds(ids: readonly string[], viewerId: string | null): Promise<(Post | null)[]> {
      const rows = await prisma.$queryRaw<Post[]>`
        SELECT ${POST_COLUMNS} FROM post WHERE id = ANY(${anyOf(ids)}::uuid[]) AND ${visibleTo(viewerId, AUTHOR)}
          AND (visibility <> 'HELD' OR author_id = ${viewerId}::uuid)`;
      return inOrder(ids, rows, (row) => row.id);
    },

    /** The latest posts of all boards, as far as the viewer may see and wants to; one more than asked for. */
    async latest({ first, after }: PageRequest, viewerId: string | null): Promise<Post[]> {
      const behind = after
        ? Prisma.sql`AND (created_at, id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Post[]>`
        SELECT ${POST_COLUMNS} FROM post
        WHERE visibility = 'PUBLIC' AND ${visibleTo(viewerId, AUTHOR)} AND ${wantedBy(viewerId, AUTHOR)} ${behind}
        ORDER BY created_at DESC, id DESC LIMIT ${first + 1}`;
    },

    /**
     * Lists of boards', members' or tags' posts, newest first, as far as the viewer may see and wants to, one more than asked
     * for; one statement for each kind and size.
     */
    async lists(asked: readonly PostList[], viewerId: string | null): Promise<Post[][]> {
      const groups = new Map<string, PostList[]>();
      for (const list of asked) {
        const key = `${list.by} ${list.page.first}`;
        groups.set(key, [...(groups.get(key) ?? []), list]);
      }
      const found = new Map<PostList, Post[]>();
      for (const [one, ...others] of groups.values()) {
        if (!one) continue;
        for (const [list, posts] of await pages(one.by, one.page.first, [one, ...others], viewerId))
          found.set(list, posts);
      }
      return asked.map((list) => found.get(list) ?? []);
    },

    /** A post that is shown to the viewer; null when there is none. @param lock keeps its row locked until the transaction ends */
    async shownTo(tx: Tx, id: string, viewerId: string, { lock }: { lock: boolean }): Promise<Post | null> {
      const [row] = await tx.$queryRaw<Post[]>`
        SELECT ${POST_COLUMNS} FROM post
        WHERE id = ${id}::uuid AND visibility = 'PUBLIC' AND ${visibleTo(viewerId, AUTHOR)}
        ${lock ? Prisma.sql`FOR UPDATE` : Prisma.empty}`;
      return row ?? null;
    },

    /** A post whose row stays locked until the transaction ends. */
    async lock(tx: Tx, id: string): Promise<Post | null> {
      const [row] = await tx.$queryRaw<Post[]>`SELECT ${POST_COLUMNS} FROM post WHERE id = ${id}::uuid FOR UPDATE`;
      return row ?? null;
    },

    async byId(tx: Tx, id: string): Promise<Post | null> {
      return tx.post.findUnique({ where: { id }, select: FIELDS });
    },

    async create(
      tx: Tx,
      post: {
        id: string;
        boardId: string;
        authorId: string;
        title: string;
        body: string;
        bodyHtml: string;
        language: string;
        visibility: Visibility;
      },
    ): Promise<Post> {
      const { id, boardId, authorId, title, body, bodyHtml, language, visibility } = post;
      const [row] = await tx.$queryRaw<Post[]>`
        INSERT INTO post (id, board_id, author_id, title, body, body_html, language, visibility, created_at)
        VALUES (${id}::uuid, ${boardId}::uuid, ${authorId}::uuid, ${title}, ${body}, ${bodyHtml}, ${language},
          ${visibility}::visibility, clock_timestamp())
        RETURNING ${POST_COLUMNS}`;
      if (!row) throw new Error(`post ${id} is gone in the statement that made it`);
      return row;
    },

    /** Changes a locked post, and counts the event that tells of it. @returns the post and the event's number */
    async change(
      tx: Tx,
      id: string,
      change: {
        title?: string;
        body?: string;
        bodyHtml?: string;
        editedAt?: Date;
        version?: { increment: 1 };
        visibility?: Visibility;
        lockedAt?: Date | null;
      },
    ): Promise<{ post: Post; eventVersion: number }> {
      const { eventVersion, ...post } = await tx.post.update({
        where: { id },
        data: { ...change, eventVersion: { increment: 1 } },
        select: { ...FIELDS, eventVersion: true },
      });
      return { post, eventVersion };
    },

    /** Deletes a post that nobody saw, with its tags. */
    async discard(tx: Tx, id: string): Promise<void> {
      await tx.postTag.deleteMany({ where: { postId: id } });
      await tx.post.delete({ where: { id }, select: { id: true } });
    },

    async addComments(tx: Tx, id: string, by: 1 | -1): Promise<void> {
      await tx.$executeRaw`UPDATE post SET comment_count = comment_count + ${by}::int WHERE id = ${id}::uuid`;
    },

    /** A page of posts in the order of their ids, for snapshots: those that were published. */
    async page(after: string | null, limit: number) {
      return prisma.post.findMany({
        where: { visibility: { not: 'HELD' }, ...(after ? { id: { gt: after } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: {
          id: true,
          boardId: true,
          authorId: true,
          language: true,
          visibility: true,
          createdAt: true,
          eventVersion: true,
        },
      });
    },
  };
}

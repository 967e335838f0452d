import type { Pool } from 'pg';
import type { Tx } from '../../database.ts';
import type { Comment } from '../comment/comment.ts';

export type ImportStore = ReturnType<typeof createImportStore>;

interface Written {
  readonly id: string;
  readonly authorId: string;
  readonly body: string;
  readonly bodyHtml: string;
  readonly createdAt: Date;
}

export interface ImportedPost extends Written {
  readonly boardId: string;
  readonly title: string;
  readonly language: string;
}

export type ImportedComment = Written & Pick<Comment, 'postId' | 'parentId' | 'depth'>;

export interface ImportedLike {
  readonly memberId: string;
  /** Of the post or the comment. */
  readonly id: string;
  readonly createdAt: Date;
}

export interface ImportedBookmark {
  readonly memberId: string;
  readonly postId: string;
  readonly createdAt: Date;
}

const counts = (ids: readonly string[]) => {
  const found = new Map<string, number>();
  for (const id of ids) found.set(id, (found.get(id) ?? 0) + 1);
  return JSON.stringify([...found].map(([id, count]) => ({ id, count })));
};

export function createImportStore(pool: Pool) {
  return {
    /** Notes who the members of this import are, for the time of the pool's only connection. */
    async noteMembers(ids: readonly string[]): Promise<void> {
      await pool.query('CREATE TEMPORARY TABLE IF NOT EXISTS import_member (id uuid PRIMARY KEY)');
      await pool.query('INSERT INTO import_member SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [ids]);
    },

    /** Which of them were noted, or are known here already. */
    async membersAmong(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM import_member WHERE id = ANY(${[...ids]}::uuid[])
        UNION SELECT member_id FROM member_handle WHERE member_id = ANY(${[...ids]}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Adds boards. @returns those that are new; those whose slug another board has are not there afterwards */
    async addBoards(
      tx: Tx,
      boards: readonly {
        id: string;
        slug: string;
        name: string;
        description: string;
        createdBy: string;
        createdAt: Date;
      }[],
    ): Promise<{ added: Set<string>; there: Set<string> }> {
      const added = await tx.board.createManyAndReturn({
        data: boards.map(({ id, slug, name, description, createdBy, createdAt }) => ({
          ...{ id, slug, name, description },
          ...{ createdBy, createdAt },
        })),
        skipDuplicates: true,
        select: { id: true },
      });
      return {
        added: new Set(added.map(({ id }) => id)),
        there: await this.boardsAmong(
          tx,
          boards.map(({ id }) => id),
        ),
      };
    },

    async boardsAmong(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
      const rows = await tx.board.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
      return new Set(rows.map(({ id }) => id));
    },

    /** Adds posts, of each of which one event is told. @returns those that are new */
    async addPosts(tx: Tx, posts: readonly ImportedPost[]): Promise<Set<string>> {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO post (id, board_id, author_id, title, body, body_html, language, created_at)
        SELECT id, "boardId", "authorId", title, body, "bodyHtml", language, "createdAt"
        FROM jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) AS r (id uuid, "boardId" uuid, "authorId" uuid,
          title text, body text, "bodyHtml" text, language text, "createdAt" timestamptz)
        ON CONFLICT DO NOTHING RETURNING id`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Which of the posts are shown. */
    async postsAmong(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
      const rows = await tx.post.findMany({
        where: { id: { in: [...ids] }, visibility: 'PUBLIC' },
        select: { id: true },
      });
      return new Set(rows.map(({ id }) => id));
    },

    /** Posts that are shown, with their authors, by id; their rows are locked. */
    async lockPosts(tx: Tx, ids: readonly string[]): Promise<Map<string, { authorId: string }>> {
      const rows = await tx.$queryRaw<{ id: string; authorId: string }[]>`
        SELECT id, author_id AS "authorId" FROM post WHERE id = ANY(${[...new Set(ids)]}::uuid[]) AND visibility = 'PUBLIC'
        ORDER BY id FOR UPDATE`;
      return new Map(rows.map(({ id, authorId }) => [id, { authorId }]));
    },

    /** The same of comments. */
    async lockComments(
      tx: Tx,
      ids: readonly string[],
    ): Promise<Map<string, Pick<Comment, 'authorId' | 'postId' | 'depth'>>> {
      const rows = await tx.$queryRaw<Pick<Comment, 'id' | 'authorId' | 'postId' | 'depth'>[]>`
        SELECT id, author_id AS "authorId", post_id AS "postId", depth FROM comment
        WHERE id = ANY(${[...new Set(ids)]}::uuid[]) AND visibility = 'PUBLIC' ORDER BY id FOR UPDATE`;
      return new Map(rows.map((row) => [row.id, row]));
    },

    /** Adds comments in their order, and counts them at what they answer. @returns those that are new */
    async addComments(tx: Tx, comments: readonly ImportedComment[]): Promise<Set<string>> {
      const rows = await tx.$queryRaw<{ id: string; postId: string; parentId: string | null }[]>`
        INSERT INTO comment (id, post_id, parent_id, depth, author_id, body, body_html, created_at)
        SELECT id, "postId", "parentId", depth, "authorId", body, "bodyHtml", "createdAt"
        FROM jsonb_to_recordset(${JSON.stringify(comments)}::jsonb) AS r (id uuid, "postId" uuid, "parentId" uuid, depth int,
          "authorId" uuid, body text, "bodyHtml" text, "createdAt" timestamptz)
        ON CONFLICT DO NOTHING RETURNING id, post_id AS "postId", parent_id AS "parentId"`;
      await tx.$executeRaw`
        UPDATE post SET comment_count = comment_count + r.count
        FROM jsonb_to_recordset(${counts(rows.map(({ postId }) => postId))}::jsonb) AS r (id uuid, count int)
        WHERE post.id = r.id`;
      await tx.$executeRaw`
        UPDATE comment SET reply_count = reply_count + r.count
        FROM jsonb_to_recordset(${counts(rows.flatMap(({ parentId }) => parentId ?? []))}::jsonb) AS r (id uuid, count int)
        WHERE comment.id = r.id`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Adds likes of posts and counts them. @returns the new ones, each with the number of the post's event that tells it */
    async likePosts(tx: Tx, likes: readonly ImportedLike[]): Promise<(ImportedLike & { version: number })[]> {
      const rows = await tx.$queryRaw<{ memberId: string; id: string }[]>`
        INSERT INTO post_like (member_id, post_id, created_at)
        SELECT "memberId", id, "createdAt" FROM jsonb_to_recordset(${JSON.stringify(likes)}::jsonb)
          AS r ("memberId" uuid, id uuid, "createdAt" timestamptz)
        ON CONFLICT DO NOTHING RETURNING member_id AS "memberId", post_id AS id`;
      const before = await tx.$queryRaw<{ id: string; before: number }[]>`
        UPDATE post SET like_count = like_count + r.count, event_version = event_version + r.count
        FROM jsonb_to_recordset(${counts(rows.map(({ id }) => id))}::jsonb) AS r (id uuid, count int)
        WHERE post.id = r.id RETURNING post.id, event_version - r.count AS before`;
      return numbered(likes, rows, before);
    },

    /** The same of comments. */
    async likeComments(tx: Tx, likes: readonly ImportedLike[]): Promise<(ImportedLike & { version: number })[]> {
      const rows = await tx.$queryRaw<{ memberId: string; id: string }[]>`
        INSERT INTO comment_like (member_id, comment_id, created_at)
        SELECT "memberId", id, "createdAt" FROM jsonb_to_recordset(${JSON.stringify(likes)}::jsonb)
          AS r ("memberId" uuid, id uuid, "createdAt" timestamptz)
        ON CONFLICT DO NOTHING RETURNING member_id AS "memberId", comment_id AS id`;
      const before = await tx.$queryRaw<{ id: string; before: number }[]>`
        UPDATE comment SET like_count = like_count + r.count, event_version = event_version + r.count
        FROM jsonb_to_recordset(${counts(rows.map(({ id }) => id))}::jsonb) AS r (id uuid, count int)
        WHERE comment.id = r.id RETURNING comment.id, event_version - r.count AS before`;
      return numbered(likes, rows, before);
    },

    /** Adds bookmarks; one that is there already stays as it is. */
    async addBookmarks(tx: Tx, bookmarks: readonly ImportedBookmark[]): Promise<void> {
      await tx.bookmark.createMany({
        data: bookmarks.map(({ memberId, postId, createdAt }) => ({ memberId, postId, createdAt })),
        skipDuplicates: true,
      });
    },
  };
}

/** New likes in the order of the file, with the numbers of their events. */
function numbered(
  likes: readonly ImportedLike[],
  added: readonly { memberId: string; id: string }[],
  versions: readonly { id: string; before: number }[],
): (ImportedLike & { version: number })[] {
  const fresh = new Set(added.map(({ memberId, id }) => `${memberId} ${id}`));
  const next = new Map(versions.map(({ id, before }) => [id, before]));
  return likes
    .filter(({ memberId, id }) => fresh.delete(`${memberId} ${id}`))
    .map((like) => {
      const version = (next.get(like.id) ?? 0) + 1;
      next.set(like.id, version);
      return { ...like, version };
    });
}

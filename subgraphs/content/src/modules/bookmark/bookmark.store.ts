import { anyOf } from '@community/kit/asked-rows';
import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo } from '../audience/audience.store.ts';
import { POST_COLUMNS } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';

export type BookmarkStore = ReturnType<typeof createBookmarkStore>;

/** A post, and when the member set her bookmark on it. */
export interface BookmarkedPost extends Post {
  readonly bookmarkedAt: Date;
}

export function createBookmarkStore(prisma: Db) {
  return {
    async add(tx: Tx, memberId: string, postId: string): Promise<void> {
      await tx.bookmark.createMany({ data: [{ memberId, postId }], skipDuplicates: true });
    },

    async remove(tx: Tx, memberId: string, postId: string): Promise<void> {
      await tx.bookmark.deleteMany({ where: { memberId, postId } });
    },

    /** Which of the posts the member has bookmarked. */
    async among(memberId: string, ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT post_id AS id FROM bookmark WHERE member_id = ${memberId}::uuid AND post_id = ANY(${anyOf(ids)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },

    /** What the member has bookmarked and may see, the latest bookmark first; one more than asked for. */
    async page(memberId: string, { first, after }: PageRequest): Promise<BookmarkedPost[]> {
      const behind = after
        ? Prisma.sql`AND (bookmark.created_at, post_id) < (${new Date(String(after[0]))}::timestamptz, ${String(after[1])}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<BookmarkedPost[]>`
        SELECT post.*, bookmark.created_at AS "bookmarkedAt" FROM bookmark
        CROSS JOIN LATERAL (SELECT ${POST_COLUMNS} FROM post WHERE id = post_id AND visibility = 'PUBLIC') AS post
        WHERE member_id = ${memberId}::uuid AND ${visibleTo(memberId, Prisma.raw('post."authorId"'))} ${behind}
        ORDER BY bookmark.created_at DESC, post_id DESC LIMIT ${first + 1}`;
    },
  };
}

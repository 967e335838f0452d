import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { visibleTo, wantedBy } from '../audience/audience.store.ts';
import { POST_COLUMNS } from '../post/post.store.ts';
import type { Post } from '../post/post.ts';

export type PinStore = ReturnType<typeof createPinStore>;

const AUTHOR = Prisma.raw('post."authorId"');

export function createPinStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async add(tx: Tx, post: { id: string; boardId: string }): Promise<boolean> {
      const data = [{ postId: post.id, boardId: post.boardId }];
      return (await tx.pinnedPost.createMany({ data, skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, postId: string): Promise<boolean> {
      return (await tx.pinnedPost.deleteMany({ where: { postId } })).count === 1;
    },

    async count(tx: Tx, boardId: string): Promise<number> {
      return tx.pinnedPost.count({ where: { boardId } });
    },

    /** Which of the posts are pinned. */
    async among(ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.pinnedPost.findMany({ where: { postId: { in: [...ids] } }, select: { postId: true } });
      return new Set(rows.map((row) => row.postId));
    },

    /** The pinned posts of each board, the last pinned first, as far as the viewer may see and wants to. */
    async ofBoards(boardIds: readonly string[], viewerId: string | null): Promise<Post[][]> {
      const posts = await prisma.$queryRaw<Post[]>`
        SELECT post.* FROM pinned_post
        CROSS JOIN LATERAL (SELECT ${POST_COLUMNS} FROM post WHERE id = post_id AND visibility = 'PUBLIC') AS post
        WHERE pinned_post.board_id = ANY(${anyOf(boardIds)}::uuid[])
          AND ${visibleTo(viewerId, AUTHOR)} AND ${wantedBy(viewerId, AUTHOR)}
        ORDER BY pinned_at DESC, post_id DESC`;
      return boardIds.map((id) => posts.filter((post) => post.boardId === id));
    },
  };
}

import type { Db, Tx } from '../../database.ts';

export type LikeStore = ReturnType<typeof createLikeStore>;

export function createLikeStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async addToPost(tx: Tx, memberId: string, postId: string): Promise<boolean> {
      return (await tx.postLike.createMany({ data: [{ memberId, postId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async removeFromPost(tx: Tx, memberId: string, postId: string): Promise<boolean> {
      return (await tx.postLike.deleteMany({ where: { memberId, postId } })).count === 1;
    },

    /** @returns whether it is new */
    async addToComment(tx: Tx, memberId: string, commentId: string): Promise<boolean> {
      return (await tx.commentLike.createMany({ data: [{ memberId, commentId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async removeFromComment(tx: Tx, memberId: string, commentId: string): Promise<boolean> {
      return (await tx.commentLike.deleteMany({ where: { memberId, commentId } })).count === 1;
    },

    /** Which of the posts the member likes. */
    async likedPosts(memberId: string, ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.postLike.findMany({
        where: { memberId, postId: { in: [...ids] } },
        select: { postId: true },
      });
      return new Set(rows.map((row) => row.postId));
    },

    /** Which of the comments the member likes. */
    async likedComments(memberId: string, ids: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.commentLike.findMany({
        where: { memberId, commentId: { in: [...ids] } },
        select: { commentId: true },
      });
      return new Set(rows.map((row) => row.commentId));
    },
  };
}

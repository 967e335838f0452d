import type { Db, Tx } from '../../database.ts';

export type BlockStore = ReturnType<typeof createBlockStore>;

/** Whom members block, as user has told. */
export function createBlockStore(prisma: Db) {
  return {
    /** Which of `otherIds` stand in a block with the member, whoever of the two made it. */
    async related(memberId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const ids = [...otherIds];
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT blocked_id AS id FROM member_block WHERE blocker_id = ${memberId}::uuid AND blocked_id = ANY(${ids}::uuid[])
        UNION SELECT blocker_id FROM member_block WHERE blocked_id = ${memberId}::uuid AND blocker_id = ANY(${ids}::uuid[])`;
      return new Set(rows.map((row) => row.id));
    },

    /** Whether the member stands in a block with one of the others. */
    async anyBetween(tx: Tx, memberId: string, otherIds: readonly string[]): Promise<boolean> {
      const ids = [...otherIds];
      return (
        (await tx.memberBlock.count({
          where: {
            OR: [
              { blockerId: memberId, blockedId: { in: ids } },
              { blockedId: memberId, blockerId: { in: ids } },
            ],
          },
        })) > 0
      );
    },

    async add(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
      await tx.memberBlock.createMany({ data: [{ blockerId, blockedId }], skipDuplicates: true });
    },

    async remove(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
      await tx.memberBlock.deleteMany({ where: { blockerId, blockedId } });
    },

    /** Sets all whom a member blocks. */
    async replace(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
      await tx.memberBlock.deleteMany({ where: { blockerId, blockedId: { notIn: [...blockedIds] } } });
      await tx.memberBlock.createMany({
        data: blockedIds.map((blockedId) => ({ blockerId, blockedId })),
        skipDuplicates: true,
      });
    },
  };
}

import type { Tx } from '../../database.ts';

export type BlockStore = ReturnType<typeof createBlockStore>;

/** Whom members block, as user has told. */
export function createBlockStore() {
  return {
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

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

    /** Sets all whom a member blocks. @returns whom she blocked before and not now, or now and not before */
    async replace(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<string[]> {
      const before = await tx.memberBlock.findMany({ where: { blockerId }, select: { blockedId: true } });
      const known = new Set(before.map((row) => row.blockedId));
      const now = new Set(blockedIds);
      const ended = [...known].filter((id) => !now.has(id));
      const begun = [...now].filter((id) => !known.has(id));
      await tx.memberBlock.deleteMany({ where: { blockerId, blockedId: { in: ended } } });
      await tx.memberBlock.createMany({
        data: begun.map((blockedId) => ({ blockerId, blockedId })),
        skipDuplicates: true,
      });
      return [...ended, ...begun];
    },
  };
}

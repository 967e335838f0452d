import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';

export type BlockStore = ReturnType<typeof createBlockStore>;

/** A member in a list that is sorted by when she came into it. */
export interface ListedMember {
  readonly memberId: string;
  readonly since: Date;
}

export function createBlockStore(prisma: Db) {
  return {
    /** Which of `otherIds` stand in a block with the member, whoever of the two made it. */
    async related(memberId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const ids = [...otherIds];
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT blocked_id AS id FROM block WHERE blocker_id = ${memberId}::uuid AND blocked_id = ANY(${ids}::uuid[])
        UNION SELECT blocker_id FROM block WHERE blocked_id = ${memberId}::uuid AND blocker_id = ANY(${ids}::uuid[])`;
      return new Set(rows.map((row) => row.id));
    },

    /** Whether one of two members blocks the other. */
    async between(tx: Tx, a: string, b: string): Promise<boolean> {
      return (
        (await tx.block.count({
          where: {
            OR: [
              { blockerId: a, blockedId: b },
              { blockerId: b, blockedId: a },
            ],
          },
        })) > 0
      );
    },

    /** @returns whether it is new */
    async add(tx: Tx, blockerId: string, blockedId: string): Promise<boolean> {
      return (await tx.block.createMany({ data: [{ blockerId, blockedId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, blockerId: string, blockedId: string): Promise<boolean> {
      return (await tx.block.deleteMany({ where: { blockerId, blockedId } })).count === 1;
    },

    /** Whom a member blocks, the newest first; one more than asked for. */
    async page(blockerId: string, page: PageRequest): Promise<ListedMember[]> {
      const [since, id] = page.after ?? [];
      const rows = await prisma.block.findMany({
        where: {
          blockerId,
          ...(since
            ? {
                OR: [
                  { createdAt: { lt: new Date(since) } },
                  { createdAt: new Date(since), blockedId: { gt: String(id) } },
                ],
              }
            : {}),
        },
        orderBy: [{ createdAt: 'desc' }, { blockedId: 'asc' }],
        take: page.first + 1,
      });
      return rows.map((row) => ({ memberId: row.blockedId, since: row.createdAt }));
    },

    /** The ids of all whom each of the members blocks, for snapshots. */
    async blockedBy(memberIds: readonly string[]): Promise<Map<string, string[]>> {
      const rows = await prisma.block.findMany({
        where: { blockerId: { in: [...memberIds] } },
        select: { blockerId: true, blockedId: true },
      });
      const blocked = new Map<string, string[]>();
      for (const row of rows) blocked.set(row.blockerId, [...(blocked.get(row.blockerId) ?? []), row.blockedId]);
      return blocked;
    },
  };
}

import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export type BlockStore = ReturnType<typeof createBlockStore>;

/**
 * A condition of SQL: true of those who stand in no block with the viewer, whoever of the two made it, and of everybody
 * for an anonymous one. @param id the column that holds the other's id
 */
export function unblocked(viewerId: string | null, id: Prisma.Sql): Prisma.Sql {
  if (!viewerId) return Prisma.sql`TRUE`;
  return Prisma.sql`NOT EXISTS (
    SELECT FROM block WHERE (blocker_id, blocked_id) IN ((${viewerId}::uuid, ${id}), (${id}, ${viewerId}::uuid)))`;
}

export function createBlockStore(prisma: Db) {
  return {
    /** Which of `otherIds` stand in a block with the member, whoever of the two made it. */
    async related(memberId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const ids = anyOf(otherIds);
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

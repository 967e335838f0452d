import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export type BlockStore = ReturnType<typeof createBlockStore>;

/** Whom members block, as user has told. */
export function createBlockStore(prisma: Db) {
  return {
    /** Which of `otherIds` stand in a block with the member, whoever of the two made it. */
    async related(memberId: string, otherIds: readonly string[], tx: Tx = prisma): Promise<Set<string>> {
      const ids = [...otherIds];
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT blocked_id AS id FROM member_block WHERE blocker_id = ${memberId}::uuid AND blocked_id = ANY(${ids}::uuid[])
        UNION SELECT blocker_id FROM member_block WHERE blocked_id = ${memberId}::uuid AND blocker_id = ANY(${ids}::uuid[])`;
      return new Set(rows.map((row) => row.id));
    },

    /** Whether the two members of a direct room stand in a block. */
    async inDirectRoom(tx: Tx, roomId: string): Promise<boolean> {
      const rows = await tx.$queryRaw<object[]>`
        SELECT 1 FROM room_member AS one JOIN room_member AS other ON other.room_id = one.room_id
        JOIN member_block ON blocker_id = one.member_id AND blocked_id = other.member_id
        WHERE one.room_id = ${roomId}::uuid`;
      return rows.length > 0;
    },

    /**
     * Makes who changes these members' rooms and who changes their blocks wait for each other, until the transaction
     * ends; otherwise two that begin at once would not see each other.
     */
    async lockMembers(tx: Tx, memberIds: readonly string[]): Promise<void> {
      const ids = Prisma.join([...memberIds].sort().map((id) => Prisma.sql`(${id})`));
      await tx.$queryRaw`SELECT count(pg_advisory_xact_lock(hashtextextended(id, 5))) FROM (VALUES ${ids}) AS member (id)`;
    },

    async add(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<void> {
      await tx.memberBlock.createMany({
        data: blockedIds.map((blockedId) => ({ blockerId, blockedId })),
        skipDuplicates: true,
      });
    },

    async remove(tx: Tx, blockerId: string, blockedId: string): Promise<void> {
      await tx.memberBlock.deleteMany({ where: { blockerId, blockedId } });
    },

    /** Takes away all blocks of a member but these. @returns those of them that are new */
    async keepOnly(tx: Tx, blockerId: string, blockedIds: readonly string[]): Promise<string[]> {
      await tx.memberBlock.deleteMany({ where: { blockerId, blockedId: { notIn: [...blockedIds] } } });
      const known = await tx.memberBlock.findMany({ where: { blockerId }, select: { blockedId: true } });
      const old = new Set(known.map((row) => row.blockedId));
      return blockedIds.filter((id) => !old.has(id));
    },
  };
}

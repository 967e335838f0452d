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

    /** Which of the senders stand in a block with the viewer, and whether anybody does. */
    async hiddenFrom(viewerId: string, senderIds: readonly string[]): Promise<{ senders: Set<string>; any: boolean }> {
      const [viewer, senders] = [Prisma.sql`${viewerId}::uuid`, Prisma.sql`${[...senderIds]}::uuid[]`];
      const [row] = await prisma.$queryRaw<{ senders: string[]; any: boolean }[]>`
        SELECT ARRAY(
            SELECT blocked_id::text FROM member_block WHERE blocker_id = ${viewer} AND blocked_id = ANY(${senders})
            UNION SELECT blocker_id::text FROM member_block WHERE blocked_id = ${viewer} AND blocker_id = ANY(${senders})
          ) AS senders,
          EXISTS (SELECT FROM member_block WHERE blocker_id = ${viewer})
            OR EXISTS (SELECT FROM member_block WHERE blocked_id = ${viewer}) AS any`;
      return { senders: new Set(row?.senders), any: row?.any ?? false };
    },

    /** Those of these rooms that have two members whom a block divides. */
    async dividedRooms(tx: Tx, roomIds: readonly string[]): Promise<Set<string>> {
      if (roomIds.length === 0) return new Set();
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT one.room_id AS id FROM room_member AS one JOIN room_member AS other ON other.room_id = one.room_id
        JOIN member_block ON blocker_id = one.member_id AND blocked_id = other.member_id
        WHERE one.room_id = ANY(${[...roomIds]}::uuid[])`;
      return new Set(rows.map((row) => row.id));
    },

    /** The pairs of these viewers and senders, as `<viewer> <sender>`, whom a block divides, whoever of the two made it. */
    async pairs(viewerIds: readonly string[], senderIds: readonly string[], tx: Tx = prisma): Promise<Set<string>> {
      if (viewerIds.length === 0 || senderIds.length === 0) return new Set();
      const [viewers, senders] = [[...new Set(viewerIds)], [...new Set(senderIds)]];
      const rows = await tx.$queryRaw<{ viewer: string; sender: string }[]>`
        SELECT blocker_id AS viewer, blocked_id AS sender FROM member_block
        WHERE blocker_id = ANY(${viewers}::uuid[]) AND blocked_id = ANY(${senders}::uuid[])
        UNION SELECT blocked_id, blocker_id FROM member_block
        WHERE blocked_id = ANY(${viewers}::uuid[]) AND blocker_id = ANY(${senders}::uuid[])`;
      return new Set(rows.map((row) => `${row.viewer} ${row.sender}`));
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

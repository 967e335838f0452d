import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';

export type FollowStore = ReturnType<typeof createFollowStore>;

export function createFollowStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async add(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.follow.createMany({ data: [{ followerId, followeeId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.follow.deleteMany({ where: { followerId, followeeId } })).count === 1;
    },

    /** How many of each member's followers and followed ones a block hides from the viewer, in the order of the ids. */
    async hiddenCounts(
      viewerId: string,
      memberIds: readonly string[],
    ): Promise<{ followers: number; following: number }[]> {
      return prisma.$queryRaw`
        WITH hidden AS (
          SELECT blocked_id AS id FROM block WHERE blocker_id = ${viewerId}::uuid
          UNION SELECT blocker_id FROM block WHERE blocked_id = ${viewerId}::uuid
        )
        SELECT
          (SELECT count(*)::int FROM hidden JOIN follow ON follower_id = hidden.id AND followee_id = member.id) AS followers,
          (SELECT count(*)::int FROM hidden JOIN follow ON follower_id = member.id AND followee_id = hidden.id) AS following
        FROM unnest(${[...memberIds]}::uuid[]) WITH ORDINALITY AS member (id, place) ORDER BY place`;
    },

    async exists(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.follow.count({ where: { followerId, followeeId } })) > 0;
    },

    /** The ids of all whom each of the members follows, for snapshots. */
    async followedByEach(memberIds: readonly string[]): Promise<Map<string, string[]>> {
      const rows = await prisma.$queryRaw<{ id: string; followed: string[] }[]>`
        SELECT follower_id AS id, array_agg(followee_id::text) AS followed FROM follow
        WHERE follower_id = ANY(${anyOf(memberIds)}::uuid[]) GROUP BY follower_id`;
      return new Map(rows.map((row) => [row.id, row.followed]));
    },

    /** Which of `otherIds` the member follows. */
    async followedBy(memberId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT followee_id AS id FROM follow WHERE follower_id = ${memberId}::uuid AND followee_id = ANY(${anyOf(otherIds)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },
  };
}

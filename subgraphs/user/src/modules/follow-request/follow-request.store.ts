import { anyOf } from '@community/kit/asked-rows';
import type { Db, Tx } from '../../database.ts';

export type FollowRequestStore = ReturnType<typeof createFollowRequestStore>;

export function createFollowRequestStore(prisma: Db) {
  return {
    /** @returns whether it is new */
    async add(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (
        (await tx.followRequest.createMany({ data: [{ followerId, followeeId }], skipDuplicates: true })).count === 1
      );
    },

    /** @returns whether there was one */
    async remove(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.followRequest.deleteMany({ where: { followerId, followeeId } })).count === 1;
    },

    /** Which of `otherIds` the member has asked. */
    async askedAmong(followerId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT followee_id AS id FROM follow_request
        WHERE follower_id = ${followerId}::uuid AND followee_id = ANY(${anyOf(otherIds)}::uuid[])`;
      return new Set(rows.map(({ id }) => id));
    },
  };
}

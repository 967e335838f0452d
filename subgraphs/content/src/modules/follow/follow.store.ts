import type { Tx } from '../../database.ts';

export type FollowStore = ReturnType<typeof createFollowStore>;

/** Who follows whom, as user has told. */
export function createFollowStore() {
  return {
    async add(tx: Tx, followerId: string, followeeId: string): Promise<void> {
      await tx.memberFollow.createMany({ data: [{ followerId, followeeId }], skipDuplicates: true });
    },

    async remove(tx: Tx, followerId: string, followeeId: string): Promise<void> {
      await tx.memberFollow.deleteMany({ where: { followerId, followeeId } });
    },

    /** Sets all whom a member follows. */
    async replace(tx: Tx, followerId: string, followeeIds: readonly string[]): Promise<void> {
      const ids = [...followeeIds];
      await tx.$executeRaw`
        DELETE FROM member_follow WHERE follower_id = ${followerId}::uuid AND followee_id <> ALL(${ids}::uuid[])`;
      await tx.$executeRaw`
        INSERT INTO member_follow (follower_id, followee_id) SELECT ${followerId}::uuid, unnest(${ids}::uuid[]) ON CONFLICT DO NOTHING`;
    },
  };
}

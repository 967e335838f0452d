import type { Db, Tx } from '../../database.ts';

export type MemberDataStore = ReturnType<typeof createMemberDataStore>;

export function createMemberDataStore(prisma: Db) {
  return {
    async profile(memberId: string) {
      return prisma.profile.findMany({
        where: { id: memberId },
        select: {
          id: true,
          handle: true,
          displayName: true,
          bio: true,
          language: true,
          timeZone: true,
          isPrivate: true,
          findableBy: true,
          links: true,
          avatarId: true,
          avatarAlt: true,
          createdAt: true,
        },
      });
    },

    async followingPage(memberId: string, after: string | null, limit: number) {
      return prisma.follow.findMany({
        where: { followerId: memberId, ...(after ? { followeeId: { gt: after } } : {}) },
        orderBy: { followeeId: 'asc' },
        take: limit,
        select: { followeeId: true, createdAt: true },
      });
    },

    async blocksPage(memberId: string, after: string | null, limit: number) {
      return prisma.block.findMany({
        where: { blockerId: memberId, ...(after ? { blockedId: { gt: after } } : {}) },
        orderBy: { blockedId: 'asc' },
        take: limit,
        select: { blockedId: true, createdAt: true },
      });
    },

    async mutesPage(memberId: string, after: string | null, limit: number) {
      return prisma.mute.findMany({
        where: { muterId: memberId, ...(after ? { mutedId: { gt: after } } : {}) },
        orderBy: { mutedId: 'asc' },
        take: limit,
        select: { mutedId: true, createdAt: true },
      });
    },

    async followRequestsPage(memberId: string, after: string | null, limit: number) {
      return prisma.followRequest.findMany({
        where: { followerId: memberId, ...(after ? { followeeId: { gt: after } } : {}) },
        orderBy: { followeeId: 'asc' },
        take: limit,
        select: { followeeId: true, createdAt: true },
      });
    },

    async dismissedPage(memberId: string, after: string | null, limit: number) {
      return prisma.dismissedSuggestion.findMany({
        where: { memberId, ...(after ? { dismissedId: { gt: after } } : {}) },
        orderBy: { dismissedId: 'asc' },
        take: limit,
        select: { dismissedId: true, createdAt: true },
      });
    },

    /** Ends all follows of and by a member. @returns how many, and the others, whose counters count her no longer */
    async eraseFollows(tx: Tx, memberId: string): Promise<{ count: number; memberIds: string[] }> {
      // Members' rows are locked in one order, as everywhere.
      await tx.$queryRaw`
        SELECT id FROM profile WHERE id = ${memberId}::uuid
          OR id IN (SELECT followee_id FROM follow WHERE follower_id = ${memberId}::uuid)
          OR id IN (SELECT follower_id FROM follow WHERE followee_id = ${memberId}::uuid)
        ORDER BY id FOR UPDATE`;
      const followed = await tx.$queryRaw<{ id: string }[]>`
        UPDATE profile SET follower_count = follower_count - 1
        WHERE id IN (SELECT followee_id FROM follow WHERE follower_id = ${memberId}::uuid) RETURNING id`;
      const followers = await tx.$queryRaw<{ id: string }[]>`
        UPDATE profile SET following_count = following_count - 1
        WHERE id IN (SELECT follower_id FROM follow WHERE followee_id = ${memberId}::uuid) RETURNING id`;
      const where = { OR: [{ followerId: memberId }, { followeeId: memberId }] };
      const { count } = await tx.follow.deleteMany({ where });
      return { count, memberIds: [...new Set([...followed, ...followers].map(({ id }) => id))] };
    },

    /** Ends all blocks of and by a member. @returns how many */
    async eraseBlocks(tx: Tx, memberId: string): Promise<number> {
      return (await tx.block.deleteMany({ where: { OR: [{ blockerId: memberId }, { blockedId: memberId }] } })).count;
    },

    /** Forgets whom a member asked to follow, and who asked her. @returns how many */
    async eraseFollowRequests(tx: Tx, memberId: string): Promise<number> {
      const where = { OR: [{ followerId: memberId }, { followeeId: memberId }] };
      return (await tx.followRequest.deleteMany({ where })).count;
    },

    /** Forgets whom a member did not want suggested, and who did not want her. @returns how many */
    async eraseDismissed(tx: Tx, memberId: string): Promise<number> {
      const where = { OR: [{ memberId }, { dismissedId: memberId }] };
      return (await tx.dismissedSuggestion.deleteMany({ where })).count;
    },

    /** Ends all mutes of and by a member. @returns how many */
    async eraseMutes(tx: Tx, memberId: string): Promise<number> {
      return (await tx.mute.deleteMany({ where: { OR: [{ muterId: memberId }, { mutedId: memberId }] } })).count;
    },

    /** @returns the profile that is gone now, with the number of its last event; null when there was none */
    async eraseProfile(tx: Tx, memberId: string): Promise<{ handle: string; eventVersion: number } | null> {
      const [gone] = await tx.$queryRaw<{ handle: string; eventVersion: number }[]>`
        DELETE FROM profile WHERE id = ${memberId}::uuid RETURNING handle, event_version + 1 AS "eventVersion"`;
      return gone ?? null;
    },
  };
}

import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import type { ListedMember } from '../block/block.store.ts';

export type FollowStore = ReturnType<typeof createFollowStore>;

/** A page of one member's followers, or of those whom she follows. */
export interface FollowList {
  readonly memberId: string;
  readonly direction: 'followers' | 'following';
  readonly page: PageRequest;
}

const COLUMNS = {
  followers: { owner: Prisma.sql`followee_id`, listed: Prisma.sql`follower_id` },
  following: { owner: Prisma.sql`follower_id`, listed: Prisma.sql`followee_id` },
};

export function createFollowStore(prisma: Db) {
  /** Pages of one direction and size, for many members, in one statement. */
  async function pages(
    direction: FollowList['direction'],
    first: number,
    lists: readonly FollowList[],
  ): Promise<Map<FollowList, ListedMember[]>> {
    const { owner, listed } = COLUMNS[direction];
    const owners = lists.map((list) => list.memberId);
    const since = lists.map((list) => (list.page.after ? new Date(String(list.page.after[0])) : null));
    const ids = lists.map((list) => (list.page.after ? String(list.page.after[1]) : null));
    const rows = await prisma.$queryRaw<{ list: bigint; id: string; created_at: Date }[]>`
      SELECT asked.list, page.id, page.created_at
      FROM unnest(${owners}::uuid[], ${since}::timestamptz[], ${ids}::uuid[]) WITH ORDINALITY AS asked (owner, since, id, list)
      CROSS JOIN LATERAL (
        SELECT ${listed} AS id, created_at FROM follow
        WHERE ${owner} = asked.owner
          AND (asked.since IS NULL OR created_at < asked.since OR (created_at = asked.since AND ${listed} > asked.id))
        ORDER BY created_at DESC, ${listed}
        LIMIT ${first + 1}
      ) AS page
      ORDER BY asked.list, page.created_at DESC, page.id`;
    const byList = new Map(lists.map((list) => [list, [] as ListedMember[]]));
    for (const row of rows) {
      const list = lists[Number(row.list) - 1];
      if (list) byList.get(list)?.push({ memberId: row.id, since: row.created_at });
    }
    return byList;
  }

  return {
    /** @returns whether it is new */
    async add(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.follow.createMany({ data: [{ followerId, followeeId }], skipDuplicates: true })).count === 1;
    },

    /** @returns whether there was one */
    async remove(tx: Tx, followerId: string, followeeId: string): Promise<boolean> {
      return (await tx.follow.deleteMany({ where: { followerId, followeeId } })).count === 1;
    },

    /** Lists of follows, newest first, one row more than asked for; one statement for each direction and page size. */
    async lists(asked: readonly FollowList[]): Promise<ListedMember[][]> {
      const groups = new Map<string, FollowList[]>();
      for (const list of asked) {
        const key = `${list.direction} ${list.page.first}`;
        groups.set(key, [...(groups.get(key) ?? []), list]);
      }
      const found = new Map<FollowList, ListedMember[]>();
      for (const [one, ...others] of groups.values()) {
        if (!one) continue;
        for (const [list, members] of await pages(one.direction, one.page.first, [one, ...others]))
          found.set(list, members);
      }
      return asked.map((list) => found.get(list) ?? []);
    },

    /** Which of `otherIds` the member follows. */
    async followedBy(memberId: string, otherIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.follow.findMany({
        where: { followerId: memberId, followeeId: { in: [...otherIds] } },
        select: { followeeId: true },
      });
      return new Set(rows.map((row) => row.followeeId));
    },
  };
}

import { askedPages } from '@community/kit/asked-rows';
import type { PageRequest } from '@community/kit/connection';
import type { Db } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { unblocked } from '../block/block.store.ts';
import { openTo } from '../privacy/privacy.store.ts';

export type MemberListStore = ReturnType<typeof createMemberListStore>;

/** A member in a list that is sorted by when she came into it. */
export interface ListedMember {
  readonly memberId: string;
  readonly since: Date;
}

/** A page of the members who stand to one member as `of` says. */
export interface MemberList {
  readonly of: keyof typeof LISTS;
  readonly memberId: string;
  readonly page: PageRequest;
}

const LISTS = {
  followers: { table: Prisma.sql`follow`, owner: Prisma.sql`followee_id`, listed: Prisma.sql`follower_id` },
  following: { table: Prisma.sql`follow`, owner: Prisma.sql`follower_id`, listed: Prisma.sql`followee_id` },
  blocked: { table: Prisma.sql`block`, owner: Prisma.sql`blocker_id`, listed: Prisma.sql`blocked_id` },
  muted: { table: Prisma.sql`mute`, owner: Prisma.sql`muter_id`, listed: Prisma.sql`muted_id` },
  requests: {
    table: Prisma.sql`follow_request`,
    owner: Prisma.sql`followee_id`,
    listed: Prisma.sql`follower_id`,
  },
};

export function createMemberListStore(prisma: Db) {
  /** Pages of one kind and size, for many members, in one statement. */
  async function read(
    of: MemberList['of'],
    first: number,
    lists: readonly MemberList[],
    viewerId: string | null,
  ): Promise<Map<MemberList, ListedMember[]>> {
    const { table, owner, listed } = LISTS[of];
    const pages = lists.map(({ memberId, page }) => ({ ownerId: memberId, page }));
    // The list in which a block is ended shows those whom the rules hide everywhere else.
    const standing =
      of === 'blocked' || of === 'muted'
        ? Prisma.sql`TRUE`
        : Prisma.sql`NOT EXISTS (SELECT FROM profile AS one WHERE one.id = ${listed} AND one.is_suspended)`;
    const shown = Prisma.sql`${unblocked(of === 'blocked' ? null : viewerId, listed)} AND ${standing}`;
    const rows = await prisma.$queryRaw<{ list: bigint; id: string; created_at: Date }[]>`
      SELECT asked.list, page.id, page.created_at
      FROM ${askedPages(pages, 'uuid')}
      JOIN profile ON profile.id = asked.owner AND ${openTo(viewerId)}
      CROSS JOIN LATERAL (
        SELECT ${listed} AS id, created_at FROM ${table}
        WHERE ${owner} = asked.owner AND ${shown}
          AND (asked.after_time IS NULL OR created_at < asked.after_time
            OR (created_at = asked.after_time AND ${listed} > asked.after_id))
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
    /**
     * Lists of members, newest first, one row more than asked for, without those whom a block hides from the viewer, so
     * that pages are full, and without suspended ones but where the viewer ends a block or a mute; none of a private member
     * whom the viewer does not follow, or of a suspended one. One statement for each kind and
     * page size.
     */
    async lists(asked: readonly MemberList[], viewerId: string | null): Promise<ListedMember[][]> {
      const groups = new Map<string, MemberList[]>();
      for (const list of asked) {
        const key = `${list.of} ${list.page.first}`;
        groups.set(key, [...(groups.get(key) ?? []), list]);
      }
      const found = new Map<MemberList, ListedMember[]>();
      for (const [one, ...others] of groups.values()) {
        if (!one) continue;
        for (const [list, members] of await read(one.of, one.page.first, [one, ...others], viewerId))
          found.set(list, members);
      }
      return asked.map((list) => found.get(list) ?? []);
    },
  };
}

import { anyOf } from '@community/kit/asked-rows';
import { inOrder } from '@community/kit/loader';
import { gramsOf } from '@community/kit/words';
import { z } from 'zod';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { openTo } from '../privacy/privacy.store.ts';
import type { ProfileChange } from './profile.policy.ts';
import type { Profile } from './profile.ts';

export type ProfileStore = ReturnType<typeof createProfileStore>;

const FIELDS = {
  id: true,
  handle: true,
  displayName: true,
  bio: true,
  language: true,
  isPrivate: true,
  links: true,
  avatarId: true,
  avatarAlt: true,
  version: true,
  followerCount: true,
  followingCount: true,
  createdAt: true,
} as const;

/** The same fields in SQL, under the names that the domain gives them. */
const COLUMNS = Prisma.raw(
  `profile.id, handle, display_name AS "displayName", bio, language, is_private AS "isPrivate", links,
   avatar_id AS "avatarId", avatar_alt AS "avatarAlt", version, follower_count AS "followerCount",
   following_count AS "followingCount", created_at AS "createdAt"`,
);

type Row = Prisma.ProfileGetPayload<{ select: typeof FIELDS }>;

const links = z.array(z.object({ url: z.string(), label: z.string() }));

function toProfile({ avatarId, avatarAlt, ...row }: Row): Profile {
  return { ...row, links: links.parse(row.links), avatar: avatarId ? { id: avatarId, alt: avatarAlt } : null };
}

export function createProfileStore(prisma: Db) {
  return {
    /**
     * Profiles by id, in the order of the ids; null where there is none. One whose handle is only reserved is there
     * too: nobody but a sign-up that is under way knows its id, and that one reads its own profile at once.
     */
    async byIds(ids: readonly string[]): Promise<((Profile & { readonly reservedUntil: Date | null }) | null)[]> {
      const rows = await prisma.$queryRaw<(Row & { reservedUntil: Date | null })[]>`
        SELECT ${COLUMNS}, reserved_until AS "reservedUntil" FROM profile
        WHERE id = ANY(${anyOf(ids)}::uuid[]) AND (status = 'ACTIVE' OR reserved_until > ${new Date()}::timestamptz)`;
      const found = rows.map(({ reservedUntil, ...row }) => ({ ...toProfile(row), reservedUntil }));
      return inOrder(ids, found, (profile) => profile.id);
    },

    /**
     * Profiles by (normalised) handle, in the order of the handles; only confirmed ones.
     * @returns of each also whether she shows the viewer all of it
     */
    async byHandles(
      handles: readonly string[],
      viewerId: string | null,
    ): Promise<((Profile & { readonly isOpen: boolean }) | null)[]> {
      const rows = await prisma.$queryRaw<(Row & { isOpen: boolean })[]>`
        SELECT ${COLUMNS}, ${openTo(viewerId)} AS "isOpen" FROM profile
        WHERE handle = ANY(${anyOf(handles)}::varchar[]) AND status = 'ACTIVE'`;
      const found = rows.map(({ isOpen, ...row }) => ({ ...toProfile(row), isOpen }));
      return inOrder(handles, found, (profile) => profile.handle);
    },

    async byId(tx: Tx, id: string): Promise<Profile | null> {
      const row = await tx.profile.findUnique({ where: { id }, select: FIELDS });
      return row && toProfile(row);
    },

    /**
     * Locks members' rows in one order, so that two transactions on the same two members cannot wait for each other.
     * @returns by id, what is true of them until the transaction ends
     */
    async lock(tx: Tx, ids: readonly string[]): Promise<Map<string, { isPrivate: boolean; followingCount: number }>> {
      const rows = await tx.$queryRaw<{ id: string; isPrivate: boolean; followingCount: number }[]>`
        SELECT id, is_private AS "isPrivate", following_count AS "followingCount"
        FROM profile WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
      return new Map(rows.map((row) => [row.id, row]));
    },

    /** The number of the member's next event. Its row is locked until the transaction ends, so numbers have no gaps. */
    async nextEventVersion(tx: Tx, id: string): Promise<number> {
      const { eventVersion } = await tx.profile.update({
        where: { id },
        data: { eventVersion: { increment: 1 } },
        select: { eventVersion: true },
      });
      return eventVersion;
    },

    /** Changes a profile that is still at `expectedVersion`. @returns null when it is not */
    async update(
      tx: Tx,
      id: string,
      expectedVersion: number,
      { avatar, links, ...change }: ProfileChange,
    ): Promise<Profile | null> {
      const [row] = await tx.profile.updateManyAndReturn({
        where: { id, version: expectedVersion },
        data: {
          ...change,
          ...(links ? { links: links.map((link) => ({ ...link })) } : {}),
          ...(avatar === undefined ? {} : { avatarId: avatar?.id ?? null, avatarAlt: avatar?.alt ?? '' }),
          version: { increment: 1 },
        },
        select: FIELDS,
      });
      if (!row) return null;
      if (change.displayName !== undefined)
        await tx.profile.update({
          where: { id },
          data: { grams: gramsOf(`${row.handle} ${row.displayName}`) },
          select: { id: true },
        });
      return toProfile(row);
    },

    /** Adds to the counters of a follower and of the one who is followed. */
    async addToCounts(tx: Tx, followerId: string, followeeId: string, by: 1 | -1): Promise<void> {
      await tx.$executeRaw`
        UPDATE profile SET
          following_count = following_count + CASE WHEN id = ${followerId}::uuid THEN ${by}::int ELSE 0 END,
          follower_count = follower_count + CASE WHEN id = ${followeeId}::uuid THEN ${by}::int ELSE 0 END
        WHERE id IN (${followerId}::uuid, ${followeeId}::uuid)`;
    },

    /** A page of members in the order of their ids, for snapshots. */
    async page(afterId: string | null, limit: number) {
      return prisma.profile.findMany({
        where: { status: 'ACTIVE', ...(afterId ? { id: { gt: afterId } } : {}) },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, handle: true, language: true, isPrivate: true, eventVersion: true, createdAt: true },
      });
    },
  };
}

import { anyOf } from '@community/kit/asked-rows';
import type { AudienceState } from '@community/kit/audience';
import type { Db } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';

export type PrivacyStore = ReturnType<typeof createPrivacyStore>;

/**
 * A condition of SQL on a row of `profile`: whether its member shows the viewer what a private member shows to her
 * followers only, and a suspended one to nobody.
 */
export function openTo(viewerId: string | null): Prisma.Sql {
  if (!viewerId) return Prisma.sql`NOT (profile.is_private OR profile.is_suspended)`;
  return Prisma.sql`NOT profile.is_suspended AND (NOT profile.is_private OR profile.id = ${viewerId}::uuid
    OR EXISTS (SELECT FROM follow WHERE follower_id = ${viewerId}::uuid AND followee_id = profile.id))`;
}

export function createPrivacyStore(prisma: Db) {
  return {
    /** Whether anything was hidden since, and which of the members see what everybody sees: nobody's more, nobody's less. */
    async audience(memberIds: readonly string[]): Promise<AudienceState> {
      const [row] = await prisma.$queryRaw<AudienceState[]>`
        SELECT (SELECT epoch::text FROM audience_epoch) AS epoch, ARRAY(
          SELECT member.id::text FROM unnest(${[...memberIds]}::uuid[]) AS member (id)
          WHERE NOT EXISTS (SELECT FROM block WHERE blocker_id = member.id)
            AND NOT EXISTS (SELECT FROM block WHERE blocked_id = member.id)
            AND NOT EXISTS (SELECT FROM mute WHERE muter_id = member.id)
            AND NOT EXISTS (SELECT FROM profile WHERE profile.id = member.id AND (is_private OR is_suspended OR findable_by <> 'EVERYONE'))
            AND NOT EXISTS (SELECT FROM follow JOIN profile ON profile.id = followee_id
              WHERE follower_id = member.id AND (is_private OR findable_by <> 'EVERYONE'))
        ) AS "plainIds"`;
      if (!row) throw new Error('the database does not say whether anything was hidden');
      return row;
    },

    /** Which of the members show the viewer all of their profile. Asked of the database each time: no cache is exact. */
    async openAmong(viewerId: string | null, memberIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM profile WHERE id = ANY(${anyOf(memberIds)}::uuid[]) AND ${openTo(viewerId)}`;
      return new Set(rows.map((row) => row.id));
    },

    /** Which of the members are suspended. */
    async suspendedAmong(memberIds: readonly string[]): Promise<Set<string>> {
      const rows = await prisma.$queryRaw<{ id: string }[]>`
        SELECT id FROM profile WHERE id = ANY(${anyOf(memberIds)}::uuid[]) AND is_suspended`;
      return new Set(rows.map((row) => row.id));
    },
  };
}

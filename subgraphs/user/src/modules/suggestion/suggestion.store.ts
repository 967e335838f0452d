import type { PageRequest } from '@community/kit/connection';
import type { Db, Tx } from '../../database.ts';
import { Prisma } from '../../generated/prisma/client.ts';
import { findableBy } from '../directory/directory.store.ts';

export type SuggestionStore = ReturnType<typeof createSuggestionStore>;

/** A member whom those follow whom the viewer follows. */
export interface Suggestion {
  readonly userId: string;
  /** How many of them. */
  readonly followedBy: number;
}

/** Of the latest whom the viewer follows, and of each the latest whom she follows: what is read is bounded. */
const LATEST = 200;

export function createSuggestionStore(prisma: Db) {
  return {
    /** Whom the viewer may want to follow, those with most in common first, one more than asked for. */
    async page(viewerId: string, { first, after }: PageRequest): Promise<Suggestion[]> {
      const viewer = Prisma.sql`${viewerId}::uuid`;
      const [count, id] = after ?? [];
      const behind = after
        ? Prisma.sql`HAVING (-count(*), profile.id) > (${-Number(count)}::bigint, ${String(id)}::uuid)`
        : Prisma.empty;
      return prisma.$queryRaw<Suggestion[]>`
        SELECT profile.id AS "userId", count(*)::int AS "followedBy"
        FROM (
          SELECT followee_id AS id FROM follow WHERE follower_id = ${viewer} ORDER BY created_at DESC, followee_id LIMIT ${LATEST}
        ) AS friend
        CROSS JOIN LATERAL (
          SELECT followee_id AS id FROM follow WHERE follower_id = friend.id ORDER BY created_at DESC, followee_id LIMIT ${LATEST}
        ) AS theirs
        JOIN profile ON profile.id = theirs.id
        WHERE profile.id <> ${viewer} AND ${findableBy(viewerId)}
          AND NOT EXISTS (SELECT FROM follow WHERE follower_id = ${viewer} AND followee_id = profile.id)
          AND NOT EXISTS (SELECT FROM follow_request WHERE follower_id = ${viewer} AND followee_id = profile.id)
          AND NOT EXISTS (SELECT FROM mute WHERE muter_id = ${viewer} AND muted_id = profile.id)
          AND NOT EXISTS (SELECT FROM dismissed_suggestion WHERE member_id = ${viewer} AND dismissed_id = profile.id)
        GROUP BY profile.id ${behind}
        ORDER BY count(*) DESC, profile.id LIMIT ${first + 1}`;
    },

    async dismiss(tx: Tx, memberId: string, dismissedId: string): Promise<void> {
      await tx.dismissedSuggestion.createMany({ data: [{ memberId, dismissedId }], skipDuplicates: true });
    },
  };
}

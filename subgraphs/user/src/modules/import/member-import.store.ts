import type { Tx } from '../../database.ts';

export type MemberImportStore = ReturnType<typeof createMemberImportStore>;

export interface ImportedProfile {
  readonly id: string;
  readonly handle: string;
  readonly displayName: string;
  readonly bio: string;
  readonly language: string;
  readonly grams: readonly string[];
  readonly createdAt: Date;
}

export interface Pair {
  readonly followerId: string;
  readonly followeeId: string;
}

export type NewFollow = Pair & { readonly createdAt: Date };

const key = ({ followerId, followeeId }: Pair) => `${followerId} ${followeeId}`;

export function createMemberImportStore() {
  return {
    /** Keeps the handles of profiles that have no account yet; of two the first has it. @returns whose handle somebody else has */
    async reserve(tx: Tx, profiles: readonly ImportedProfile[], until: Date): Promise<Set<string>> {
      const json = JSON.stringify(profiles.map((profile, place) => ({ ...profile, place })));
      await tx.$executeRaw`
        INSERT INTO profile (id, handle, display_name, bio, language, grams, reserved_until, created_at)
        SELECT id, handle, "displayName", bio, language, ARRAY(SELECT jsonb_array_elements_text(grams)), ${until}::timestamptz, "createdAt"
        FROM jsonb_to_recordset(${json}::jsonb) AS r
          (id uuid, handle text, "displayName" text, bio text, language text, grams jsonb, "createdAt" timestamptz,
           place int)
        WHERE NOT EXISTS (
          SELECT 1 FROM retired_handle WHERE hash = sha256(convert_to(handle, 'UTF8')) AND until > now()
        )
        ORDER BY place ON CONFLICT DO NOTHING`;
      const ids = profiles.map(({ id }) => id);
      const kept = await tx.profile.findMany({ where: { id: { in: ids } }, select: { id: true } });
      const having = new Set(kept.map(({ id }) => id));
      return new Set(ids.filter((id) => !having.has(id)));
    },

    /**
     * Makes reserved profiles real ones. One that is locked is just being made so, as user was told of the account by its
     * event. @returns those that were reserved until now
     */
    async confirm(tx: Tx, ids: readonly string[]) {
      return tx.$queryRaw<{ id: string; handle: string; language: string; eventVersion: number; createdAt: Date }[]>`
        WITH kept AS (
          SELECT id FROM profile WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'RESERVED'
          ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
        )
        UPDATE profile SET status = 'ACTIVE', reserved_until = NULL, event_version = event_version + 1
        FROM kept WHERE profile.id = kept.id
        RETURNING profile.id, handle, language, event_version AS "eventVersion", created_at AS "createdAt"`;
    },

    /** Frees the handles of those who have no account. */
    async release(tx: Tx, ids: readonly string[]): Promise<void> {
      await tx.profile.deleteMany({ where: { id: { in: [...ids] }, status: 'RESERVED' } });
    },

    /**
     * Which of them are members; their rows are locked. One that is only reserved is a member too: user is just making her
     * profile a real one, as it was told of her account; the others' were released.
     */
    async lock(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM profile WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
      return new Set(rows.map(({ id }) => id));
    },

    /** Adds follows and counts them. @returns the new ones, each with the number of the follower's event that tells it */
    async follow(tx: Tx, pairs: readonly NewFollow[]): Promise<(NewFollow & { version: number })[]> {
      const rows = await tx.$queryRaw<Pair[]>`
        INSERT INTO follow (follower_id, followee_id, created_at)
        SELECT "followerId", "followeeId", "createdAt" FROM jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb)
          AS r ("followerId" uuid, "followeeId" uuid, "createdAt" timestamptz)
        ON CONFLICT DO NOTHING RETURNING follower_id AS "followerId", followee_id AS "followeeId"`;
      const fresh = new Set(rows.map(key));
      const added = pairs.filter((pair) => fresh.delete(key(pair)));
      const counts = new Map<string, { id: string; following: number; followers: number }>();
      const countsOf = (id: string) => {
        const found = counts.get(id) ?? { id, following: 0, followers: 0 };
        counts.set(id, found);
        return found;
      };
      for (const { followerId, followeeId } of added) {
        countsOf(followerId).following += 1;
        countsOf(followeeId).followers += 1;
      }
      const versions = await tx.$queryRaw<{ id: string; before: number }[]>`
        UPDATE profile SET following_count = following_count + following, follower_count = follower_count + followers,
          event_version = event_version + following
        FROM jsonb_to_recordset(${JSON.stringify([...counts.values()])}::jsonb) AS r (id uuid, following int, followers int)
        WHERE profile.id = r.id RETURNING profile.id, event_version - following AS before`;
      const next = new Map(versions.map(({ id, before }) => [id, before]));
      return added.map((follow) => {
        const version = (next.get(follow.followerId) ?? 0) + 1;
        next.set(follow.followerId, version);
        return { ...follow, version };
      });
    },
  };
}

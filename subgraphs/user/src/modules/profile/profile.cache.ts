import type { Ephemeral } from '@community/ephemeral/ephemeral';
import { isId } from '@community/kit/ids';
import type { Watch } from '@community/kit/watch';
import { z } from 'zod';
import type { ProfileStore } from './profile.store.ts';
import type { Profile } from './profile.ts';

export type ProfileCache = ReturnType<typeof createProfileCache>;

/** With the number of the shape that is kept: instances of two releases may share a cache. */
const NAMESPACE = 'profile:3';
const SECONDS = 300;

/** What this domain's events call the members whom they are about. */
const members = z
  .object({ userId: z.string(), followerId: z.string(), followeeId: z.string(), memberIds: z.array(z.string()) })
  .partial();

/** A profile as JSON has it. */
type Kept = Omit<Profile, 'createdAt'> & { readonly createdAt: string; readonly reservedUntil: string | null };

/**
 * Profiles by id, kept for five minutes. Only what is the same for every viewer: whom a viewer may see is asked each time
 * (rules.ts). Who changes profiles forgets them after the commit; this domain's own events do it again on every
 * instance, for those that share no cache with the one that wrote, and for one that ended in between.
 */
export function createProfileCache({ ephemeral, profiles }: { ephemeral: Ephemeral; profiles: ProfileStore }) {
  // A client may have written an id in capitals; it is kept as the database writes it.
  const forget = (ids: readonly string[]) =>
    ephemeral.invalidate(
      NAMESPACE,
      ids.map((id) => id.toLowerCase()),
    );

  return {
    /** In the order of the ids; null where there is none. */
    async byIds(ids: readonly string[]): Promise<(Profile | null)[]> {
      const known = ids.filter(isId);
      const kept = await ephemeral.cached(NAMESPACE, known, {
        seconds: SECONDS,
        load: async (missing) =>
          (await profiles.byIds(missing)).map(
            (profile): Kept | null =>
              profile && {
                ...profile,
                createdAt: profile.createdAt.toISOString(),
                reservedUntil: profile.reservedUntil?.toISOString() ?? null,
              },
          ),
        read,
      });
      const byId = new Map(known.map((id, i) => [id, whoever(kept[i])]));
      return ids.map((id) => byId.get(id) ?? null);
    },

    forget,

    /** This domain's events, as far as they tell that a profile changed. */
    watch: {
      topic: 'user',
      async handler(event) {
        if (event.type === 'user.snapshot') return;
        const { data } = members.safeParse(event.data);
        await forget(
          Object.values(data ?? {})
            .flat()
            .filter((id) => id !== undefined),
        );
      },
    } satisfies Watch,
  };
}

const read = ({ reservedUntil, createdAt, ...profile }: Kept) => ({
  profile: { ...profile, createdAt: new Date(createdAt) } satisfies Profile,
  reservedUntil: reservedUntil && new Date(reservedUntil),
});

/** A handle that was only reserved is nobody's when its time is over, and a profile that was kept with it is none. */
function whoever(kept: ReturnType<typeof read> | null | undefined): Profile | null {
  if (!kept || (kept.reservedUntil && kept.reservedUntil <= new Date())) return null;
  return kept.profile;
}

import type { Context } from './context.ts';
import type { Profile } from './modules/profile/profile.ts';

/**
 * What the viewer may see of profiles, after they were loaded: the one place where that is decided. Neither of two
 * members of whom one blocks the other sees the other.
 */
export async function hideFromViewer(
  context: Context,
  profiles: readonly (Profile | null)[],
): Promise<(Profile | null)[]> {
  const { viewerId } = context;
  const others = profiles.flatMap((profile) => (profile && profile.id !== viewerId ? [profile.id] : []));
  if (!viewerId || others.length === 0) return [...profiles];
  const hidden = await context.stores.block.related(viewerId, others);
  return profiles.map((profile) => (profile && hidden.has(profile.id) ? null : profile));
}

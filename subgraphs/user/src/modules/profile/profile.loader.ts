import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import { hideFromViewer } from '../../rules.ts';
import { isOpen } from '../privacy/privacy.loader.ts';
import type { Profile } from './profile.ts';

/** Profiles by id, as far as the viewer may see them. */
export const profileById = defineLoader<Context, string, Profile | null>(async (context, ids) => {
  return hideFromViewer(context, await context.caches.profile.byIds(ids));
});

/** Profiles by handle, as far as the viewer may see them. What is read with them is not asked for again. */
export const profileByHandle = defineLoader<Context, string, Profile | null>(async (context, handles) => {
  const profiles = await context.stores.profile.byHandles(handles, context.viewerId);
  for (const profile of profiles) if (profile) isOpen(context).prime(profile.id, profile.isOpen);
  return hideFromViewer(context, profiles);
});

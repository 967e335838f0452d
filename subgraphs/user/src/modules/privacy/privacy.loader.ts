import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';

/** Whether a member shows the viewer all of her profile. */
export const isOpen = defineLoader<Context, string, boolean>(async (context, ids) => {
  const open = await context.stores.privacy.openAmong(context.viewerId, ids);
  return ids.map((id) => open.has(id));
});

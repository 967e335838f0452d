import { defineLoader } from '@community/kit/loader';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { ProfileLink, User } from '../profile/profile.graph.ts';
import { isOpen } from './privacy.loader.ts';

const isSuspended = defineLoader<Context, string, boolean>(async (context, ids) => {
  const suspended = await context.stores.privacy.suspendedAmong(ids);
  return ids.map((id) => suspended.has(id));
});

builder.objectFields(User, (t) => ({
  suspended: t.boolean({
    description: 'Whether moderators have suspended her: nothing else of hers is shown meanwhile, and no list has her.',
    resolve: (user, _, context) => isSuspended(context).load(user.id),
  }),
  private: t.exposeBoolean('isPrivate', {
    description:
      'Whether only her followers see her bio, her links, who follows her and whom she follows, and what she writes. Who wants to follow her asks for it.',
  }),
  bio: t.string({
    description: 'Empty when she shows it to her followers only and the viewer is none.',
    resolve: async (user, _, context) => ((await isOpen(context).load(user.id)) ? user.bio : ''),
  }),
  links: t.field({
    type: [ProfileLink],
    description: 'None when she shows them to her followers only and the viewer is none.',
    resolve: async (user, _, context) => ((await isOpen(context).load(user.id)) ? [...user.links] : []),
  }),
}));

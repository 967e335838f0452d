import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, defineConnection, problems } from '../../builder.ts';
import { User } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { Dismissed } from './suggestion.service.ts';
import type { Suggestion } from './suggestion.store.ts';

const FollowSuggestion = builder.objectRef<Suggestion>('FollowSuggestion').implement({
  description: 'A member whom the viewer may want to follow.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    user: t.field({
      type: User,
      nullable: true,
      resolve: ({ userId }, _, context) => profileById(context).load(userId),
    }),
    followedByCount: t.exposeInt('followedBy', {
      description: 'How many of those whom the viewer follows follow her; of the latest 200.',
    }),
  }),
});

const SuggestionConnection = defineConnection('FollowSuggestion', FollowSuggestion);

builder.objectField(Viewer, 'followSuggestions', (t) =>
  t.field({
    type: SuggestionConnection,
    description:
      'Whom those follow whom the viewer follows, the most first, without those whom she follows, has asked, mutes or dismissed.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (viewer, args, context) => {
      const page = readPage(args);
      const found = await context.stores.suggestion.page(viewer.id, page);
      return toConnection(found, page, ({ followedBy, userId }) => [followedBy, userId]);
    },
  }),
);

const DismissInput = builder.inputType('DismissFollowSuggestionInput', {
  description: 'Whom not to suggest again.',
  fields: (t) => ({ userId: t.id({ required: true }) }),
});

const DismissSuccess = builder.objectRef<Dismissed>('DismissFollowSuggestionSuccess').implement({
  description: 'This member is not suggested to the viewer again.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ userId: t.exposeID('userId') }),
});

const DismissResult = builder.unionType('DismissFollowSuggestionResult', {
  description: 'How `dismissFollowSuggestion` ended.',
  types: [DismissSuccess, problems.NotSignedInError, problems.NotFoundError],
});

builder.mutationField('dismissFollowSuggestion', (t) =>
  t.field({
    type: DismissResult,
    description: 'Never suggests a member to the viewer again.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: DismissInput, required: true }) },
    resolve: (_, { input }, context) => context.services.suggestion.dismiss(context.member, input.userId),
  }),
);

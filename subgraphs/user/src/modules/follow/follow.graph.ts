import { readIds } from '@community/kit/connection';
import { defineLoader } from '@community/kit/loader';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { User } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { Followed } from './follow.service.ts';

const isFollowed = defineLoader<Context, string, boolean>(async (context, ids) => {
  const followed = context.member ? await context.stores.follow.followedBy(context.member.id, ids) : new Set<string>();
  return ids.map((id) => followed.has(id));
});

const isMuted = defineLoader<Context, string, boolean>(async (context, ids) => {
  const muted = context.member ? await context.stores.mute.mutedAmong(context.member.id, ids) : new Set<string>();
  return ids.map((id) => muted.has(id));
});

/** How many followers and followed ones of a member are not there for the viewer. */
const hiddenCounts = defineLoader<Context, string, { followers: number; following: number }>(async (context, ids) =>
  context.member
    ? context.stores.follow.hiddenCounts(context.member.id, ids)
    : ids.map(() => ({ followers: 0, following: 0 })),
);

builder.objectFields(User, (t) => ({
  followerCount: t.int({
    description: 'Without those whom a block hides from the viewer.',
    resolve: async (user, _, context) => user.followerCount - (await hiddenCounts(context).load(user.id)).followers,
  }),
  followingCount: t.int({
    description: 'Without those whom a block hides from the viewer.',
    resolve: async (user, _, context) => user.followingCount - (await hiddenCounts(context).load(user.id)).following,
  }),
}));

const FollowState = builder.objectRef<{ userId: string }>('FollowState').implement({
  description: 'How the viewer stands to another member.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    user: t.field({
      type: User,
      nullable: true,
      resolve: ({ userId }, _, context) => profileById(context).load(userId),
    }),
    userId: t.exposeID('userId'),
    followed: t.boolean({
      description: 'Whether the viewer follows her.',
      resolve: ({ userId }, _, context) => isFollowed(context).load(userId),
    }),
    muted: t.boolean({
      description: 'Whether the viewer mutes her.',
      resolve: ({ userId }, _, context) => isMuted(context).load(userId),
    }),
  }),
});

builder.objectField(Viewer, 'followStates', (t) =>
  t.field({
    type: [FollowState],
    description: 'How the viewer stands to these members, in the order of the ids (at most 100).',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (_, { ids }) => readIds(ids).map((userId) => ({ userId })),
  }),
);

const FollowInput = builder.inputType('FollowInput', {
  description: 'Whom to follow.',
  fields: (t) => ({ userId: t.id({ required: true }) }),
});
const UnfollowInput = builder.inputType('UnfollowInput', {
  description: 'Whom to follow no longer.',
  fields: (t) => ({ userId: t.id({ required: true }) }),
});

const FollowSuccess = builder.objectRef<Followed<'FollowSuccess'>>('FollowSuccess').implement({
  description: 'The viewer follows this member now.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ user: t.field({ type: User, resolve: (result) => result.user }) }),
});
const UnfollowSuccess = builder.objectRef<Followed<'UnfollowSuccess'>>('UnfollowSuccess').implement({
  description: 'The viewer does not follow this member.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ user: t.field({ type: User, resolve: (result) => result.user }) }),
});

const refusals = [problems.NotSignedInError, problems.NotFoundError, problems.ValidationError] as const;
const FollowResult = builder.unionType('FollowResult', {
  description: 'How `follow` ended.',
  types: [FollowSuccess, ...refusals],
});
const UnfollowResult = builder.unionType('UnfollowResult', {
  description: 'How `unfollow` ended.',
  types: [UnfollowSuccess, ...refusals],
});

builder.mutationField('follow', (t) =>
  t.field({
    type: FollowResult,
    description: 'Follows a member; well also when the viewer follows her already.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: FollowInput, required: true }) },
    resolve: (_, { input }, context) => context.services.follow.follow(context.member, input.userId),
  }),
);

builder.mutationField('unfollow', (t) =>
  t.field({
    type: UnfollowResult,
    description: 'Follows a member no longer; well also when the viewer did not.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UnfollowInput, required: true }) },
    resolve: (_, { input }, context) => context.services.follow.unfollow(context.member, input.userId),
  }),
);

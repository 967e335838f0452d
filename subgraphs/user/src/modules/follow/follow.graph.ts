import { readIds } from '@community/kit/connection';
import { defineLoader } from '@community/kit/loader';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { User } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import type { Profile } from '../profile/profile.ts';
import { Viewer } from '../profile/viewer.graph.ts';

const isFollowed = defineLoader<Context, string, boolean>(async (context, ids) => {
  const followed = context.member ? await context.stores.follow.followedBy(context.member.id, ids) : new Set<string>();
  return ids.map((id) => followed.has(id));
});

const isRequested = defineLoader<Context, string, boolean>(async (context, ids) => {
  const asked = context.member ? await context.stores.followRequest.askedAmong(context.member.id, ids) : new Set();
  return ids.map((id) => asked.has(id));
});

const isMuted = defineLoader<Context, string, boolean>(async (context, ids) => {
  const muted = context.member ? await context.stores.mute.mutedAmong(context.member.id, ids) : new Set<string>();
  return ids.map((id) => muted.has(id));
});

/** How many followers and followed ones of a member are not there for the viewer. */
const hiddenCounts = defineLoader<Context, string, { followers: number; following: number }>(async (context, ids) =>
  context.viewerId ? context.stores.follow.hiddenCounts(context.viewerId, ids) : [],
);

/** A count without those who are not there for the viewer; for who has no token everybody is, and it is there at once. */
function shown(context: Context, { id }: Profile, count: number, of: 'followers' | 'following') {
  if (!context.viewerId) return count;
  return hiddenCounts(context)
    .load(id)
    .then((hidden) => count - hidden[of]);
}

builder.objectFields(User, (t) => ({
  followerCount: t.int({
    description: 'Without those whom a block hides from the viewer.',
    resolve: (user, _, context) => shown(context, user, user.followerCount, 'followers'),
  }),
  followingCount: t.int({
    description: 'Without those whom a block hides from the viewer.',
    resolve: (user, _, context) => shown(context, user, user.followingCount, 'following'),
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
    requested: t.boolean({
      description: 'Whether the viewer has asked to follow her, and she has not answered.',
      resolve: ({ userId }, _, context) => isRequested(context).load(userId),
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

const refusals = [problems.NotSignedInError, problems.NotFoundError, problems.ValidationError] as const;

/** A type of a result that holds the member whom it is about. */
const outcome = (name: string, description: string) =>
  builder.objectRef<{ user: Profile }>(name).implement({
    description,
    tag: ['public', 'mobile'],
    fields: (t) => ({ user: t.field({ type: User, resolve: (result) => result.user }) }),
  });

const FollowRequested = outcome(
  'FollowRequested',
  'This member is private and was asked; the viewer does not follow her yet.',
);

for (const [verb, Verb, whom, done, description] of [
  [
    'follow',
    'Follow',
    'Whom to follow.',
    'The viewer follows this member now.',
    'Follows a member, or asks a private one; well also when the viewer follows or has asked her already.',
  ],
  [
    'unfollow',
    'Unfollow',
    'Whom to follow no longer.',
    'The viewer does not follow this member.',
    'Follows a member no longer; well also when the viewer did not.',
  ],
  [
    'removeFollower',
    'RemoveFollower',
    'Who is to follow the viewer no longer.',
    'This member does not follow the viewer.',
    'Takes a follower away, who is not told; well also when she did not follow the viewer.',
  ],
] as const) {
  const Input = builder.inputType(`${Verb}Input`, {
    description: whom,
    fields: (t) => ({ userId: t.id({ required: true }) }),
  });
  const Success = outcome(`${Verb}Success`, done);
  const Result = builder.unionType(`${Verb}Result`, {
    description: `How \`${verb}\` ended.`,
    types: [Success, ...(verb === 'follow' ? [FollowRequested] : []), ...refusals],
  });
  builder.mutationField(verb, (t) =>
    t.field({
      type: Result,
      description,
      tag: ['public', 'mobile'],
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: (_, { input }, context) => context.services.follow[verb](context.member, input.userId),
    }),
  );
}

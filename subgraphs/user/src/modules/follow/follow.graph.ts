import { readIds, readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { builder, problems } from '../../builder.ts';
import type { Context } from '../../context.ts';
import type { ListedMember } from '../block/block.store.ts';
import { User, UserConnection } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { Followed } from './follow.service.ts';
import type { FollowList } from './follow.store.ts';

const followList = defineLoader<Context, FollowList, ListedMember[]>((context, lists) =>
  context.stores.follow.lists(lists),
);

const isFollowed = defineLoader<Context, string, boolean>(async (context, ids) => {
  const followed = context.member ? await context.stores.follow.followedBy(context.member.id, ids) : new Set<string>();
  return ids.map((id) => followed.has(id));
});

/** A list of members from the ids that stand in it; one whom the viewer may not see is left out. */
export async function toMemberConnection(
  context: Context,
  members: readonly ListedMember[],
  page: ReturnType<typeof readPage>,
) {
  const connection = toConnection(members, page, (member) => [member.since.toISOString(), member.memberId]);
  const profiles = await Promise.all(connection.edges.map((edge) => profileById(context).load(edge.node.memberId)));
  return {
    ...connection,
    edges: connection.edges.flatMap(({ cursor }, i) => (profiles[i] ? [{ cursor, node: profiles[i] }] : [])),
  };
}

for (const direction of ['followers', 'following'] as const) {
  builder.objectField(User, direction, (t) =>
    t.field({
      type: UserConnection,
      description:
        direction === 'followers' ? 'Who follows her, the newest first.' : 'Whom she follows, the newest first.',
      args: { first: t.arg.int(), after: t.arg.string() },
      listSize: connectionSize,
      resolve: async (user, args, context) => {
        const page = readPage(args);
        return toMemberConnection(
          context,
          await followList(context).load({ memberId: user.id, direction, page }),
          page,
        );
      },
    }),
  );
}

builder.objectFields(User, (t) => ({
  followerCount: t.exposeInt('followerCount'),
  followingCount: t.exposeInt('followingCount'),
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

import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { defineLoader } from '@community/kit/loader';
import { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import { User, UserConnection } from '../profile/profile.graph.ts';
import { profileById } from '../profile/profile.loader.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { ListedMember, MemberList } from './member-list.store.ts';

const memberList = defineLoader<Context, MemberList, ListedMember[]>((context, lists) =>
  context.stores.memberList.lists(lists, context.viewerId),
);

async function memberConnection(
  context: Context,
  of: MemberList['of'],
  memberId: string,
  args: { first?: number | null; after?: string | null },
) {
  const page = readPage(args);
  const members = await memberList(context).load({ of, memberId, page });
  const connection = toConnection(members, page, (member) => [member.since.toISOString(), member.memberId]);
  const ids = connection.edges.map((edge) => edge.node.memberId);
  const profiles =
    of === 'blocked'
      ? await context.caches.profile.byIds(ids)
      : await Promise.all(ids.map((id) => profileById(context).load(id)));
  return {
    ...connection,
    edges: connection.edges.flatMap(({ cursor }, i) => (profiles[i] ? [{ cursor, node: profiles[i] }] : [])),
  };
}

for (const [of, description] of [
  ['followers', 'Who follows her, the newest first.'],
  ['following', 'Whom she follows, the newest first.'],
] as const) {
  builder.objectField(User, of, (t) =>
    t.field({
      type: UserConnection,
      description,
      args: { first: t.arg.int(), after: t.arg.string() },
      listSize: connectionSize,
      resolve: (user, args, context) => memberConnection(context, of, user.id, args),
    }),
  );
}

for (const [field, of, description] of [
  ['blockedUsers', 'blocked', 'Whom the viewer blocks, the newest first.'],
  ['mutedUsers', 'muted', 'Whom the viewer mutes, the newest first.'],
  ['followRequests', 'requests', 'Who asks to follow the viewer, the newest first.'],
] as const) {
  builder.objectField(Viewer, field, (t) =>
    t.field({
      type: UserConnection,
      description,
      args: { first: t.arg.int(), after: t.arg.string() },
      listSize: connectionSize,
      resolve: (viewer, args, context) => memberConnection(context, of, viewer.id, args),
    }),
  );
}

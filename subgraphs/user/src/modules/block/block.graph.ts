import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, problems } from '../../builder.ts';
import { UserConnection } from '../profile/profile.graph.ts';
import { Viewer } from '../profile/viewer.graph.ts';
import type { Blocked } from './block.service.ts';

builder.objectField(Viewer, 'blockedUsers', (t) =>
  t.field({
    type: UserConnection,
    description: 'Whom the viewer blocks, the newest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async (viewer, args, context) => {
      const page = readPage(args);
      const connection = toConnection(await context.stores.block.page(viewer.id, page), page, (member) => [
        member.since.toISOString(),
        member.memberId,
      ]);
      // The list in which a block is ended shows those whom the rules hide everywhere else.
      const profiles = await context.caches.profile.byIds(connection.edges.map((edge) => edge.node.memberId));
      return {
        ...connection,
        edges: connection.edges.flatMap(({ cursor }, i) => (profiles[i] ? [{ cursor, node: profiles[i] }] : [])),
      };
    },
  }),
);

const BlockInput = builder.inputType('BlockInput', {
  description: 'Whom to block.',
  fields: (t) => ({ userId: t.id({ required: true }) }),
});
const UnblockInput = builder.inputType('UnblockInput', {
  description: 'Whom to block no longer.',
  fields: (t) => ({ userId: t.id({ required: true }) }),
});

const BlockSuccess = builder.objectRef<Blocked<'BlockSuccess'>>('BlockSuccess').implement({
  description: 'The viewer blocks this member now: neither sees the other.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ userId: t.exposeID('userId') }),
});
const UnblockSuccess = builder.objectRef<Blocked<'UnblockSuccess'>>('UnblockSuccess').implement({
  description: 'The viewer does not block this member.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ userId: t.exposeID('userId') }),
});

const refusals = [problems.NotSignedInError, problems.NotFoundError, problems.ValidationError] as const;
const BlockResult = builder.unionType('BlockResult', {
  description: 'How `block` ended.',
  types: [BlockSuccess, ...refusals],
});
const UnblockResult = builder.unionType('UnblockResult', {
  description: 'How `unblock` ended.',
  types: [UnblockSuccess, ...refusals],
});

builder.mutationField('block', (t) =>
  t.field({
    type: BlockResult,
    description: 'Blocks a member; follows between the two end.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: BlockInput, required: true }) },
    resolve: (_, { input }, context) => context.services.block.block(context.member, input.userId),
  }),
);

builder.mutationField('unblock', (t) =>
  t.field({
    type: UnblockResult,
    description: 'Ends a block.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UnblockInput, required: true }) },
    resolve: (_, { input }, context) => context.services.block.unblock(context.member, input.userId),
  }),
);

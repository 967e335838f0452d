import { builder, problems } from '../../builder.ts';
import type { Blocked } from './block.service.ts';

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

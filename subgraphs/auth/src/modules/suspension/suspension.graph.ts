import { builder, problems } from '../../builder.ts';
import { User } from '../account/user.graph.ts';
import type { Reinstated, Suspended } from './suspension.service.ts';
import type { Suspension } from './suspension.ts';

const SuspensionType = builder.objectRef<Suspension>('Suspension').implement({
  description: 'That nobody signs in to an account, for a time.',
  tag: ['public'],
  fields: (t) => ({
    since: t.expose('since', { type: 'DateTime' }),
    until: t.expose('until', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ends by itself; null: until somebody ends it.',
    }),
    reason: t.exposeString('reason', { description: 'The member reads it when she signs in.' }),
  }),
});

builder.queryField('suspension', (t) =>
  t.field({
    type: SuspensionType,
    nullable: true,
    description: 'The suspension of an account, for moderators; null for all others, and where there is none.',
    tag: ['public'],
    args: { accountId: t.arg.id({ required: true }) },
    resolve: (_, { accountId }, context) => context.services.suspension.of(context.member, accountId),
  }),
);

const refusals = [problems.NotSignedInError, problems.ForbiddenError, problems.NotFoundError] as const;

const SuspendAccountInput = builder.inputType('SuspendAccountInput', {
  description: 'Who is suspended, why, and for how long.',
  fields: (t) => ({
    accountId: t.id({ required: true }),
    reason: t.string({ required: true, description: '1 to 500 characters. The member reads it.' }),
    until: t.field({ type: 'DateTime', description: 'Without it, until somebody ends it.' }),
  }),
});

const SuspendAccountSuccess = builder.objectRef<Suspended>('SuspendAccountSuccess').implement({
  description: 'All sessions and streams of the account have ended, and nobody signs in to it.',
  tag: ['public'],
  fields: (t) => ({
    accountId: t.exposeID('accountId'),
    suspension: t.field({ type: SuspensionType, resolve: ({ suspension }) => suspension }),
    user: t.field({ type: User, nullable: true, resolve: ({ accountId }) => ({ id: accountId }) }),
  }),
});

const SuspendAccountResult = builder.unionType('SuspendAccountResult', {
  description: 'How `suspendAccount` ended.',
  types: [SuspendAccountSuccess, ...refusals, problems.ValidationError],
});

builder.mutationField('suspendAccount', (t) =>
  t.field({
    type: SuspendAccountResult,
    description:
      'Suspends an account, or changes its suspension. Moderators suspend members, administrators moderators too.',
    tag: ['public'],
    args: { input: t.arg({ type: SuspendAccountInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.suspension.suspend(context.member, { ...input, until: input.until ?? null }),
  }),
);

const ReinstateAccountInput = builder.inputType('ReinstateAccountInput', {
  description: 'Whose suspension ends.',
  fields: (t) => ({ accountId: t.id({ required: true }) }),
});

const ReinstateAccountSuccess = builder.objectRef<Reinstated>('ReinstateAccountSuccess').implement({
  description: 'The member can sign in again.',
  tag: ['public'],
  fields: (t) => ({
    accountId: t.exposeID('accountId'),
    user: t.field({ type: User, nullable: true, resolve: ({ accountId }) => ({ id: accountId }) }),
  }),
});

const ReinstateAccountResult = builder.unionType('ReinstateAccountResult', {
  description: 'How `reinstateAccount` ended.',
  types: [ReinstateAccountSuccess, ...refusals],
});

builder.mutationField('reinstateAccount', (t) =>
  t.field({
    type: ReinstateAccountResult,
    description: 'Ends the suspension of an account before its time, for those who may suspend it.',
    tag: ['public'],
    args: { input: t.arg({ type: ReinstateAccountInput, required: true }) },
    resolve: (_, { input }, context) => context.services.suspension.reinstate(context.member, input),
  }),
);

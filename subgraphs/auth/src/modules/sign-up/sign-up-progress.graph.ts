import type { Saga, Step } from '@community/saga/saga';
import { builder } from '../../builder.ts';
import { Viewer } from '../account/viewer.graph.ts';

const SignUpState = builder.enumType('SignUpState', {
  description: 'Where a sign-up stands. COMPENSATED: it could not be completed, and the account was closed.',
  values: ['RUNNING', 'DONE', 'COMPENSATED'] as const,
});

const SignUpStepState = builder.enumType('SignUpStepState', {
  description:
    'Where a step stands. BLOCKED: others come first. PENDING: its answer is awaited. DROPPED: the sign-up ended before it.',
  values: ['BLOCKED', 'PENDING', 'DONE', 'REFUSED', 'COMPENSATED', 'DROPPED'] as const,
});

const SignUpStep = builder.objectRef<Step>('SignUpStep').implement({
  description: 'One thing that a sign-up needs.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    name: t.exposeString('name', { description: '`account`, `profile`, `analytics` or `welcome`. Expect new ones.' }),
    state: t.field({ type: SignUpStepState, resolve: ({ state }) => state }),
    attempts: t.exposeInt('attempts', { description: 'How often it was asked for.' }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'A code: why it was refused, or `NO_ANSWER_YET` while it is asked for again.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

const SignUpProgress = builder.objectRef<Saga>('SignUpProgress').implement({
  description: 'How far a sign-up has come: the account is there at once, the rest follows.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    state: t.field({ type: SignUpState, resolve: ({ state }) => (state === 'CANCELLED' ? 'COMPENSATED' : state) }),
    reason: t.exposeString('reason', { nullable: true, description: 'A code: why it could not be completed.' }),
    steps: t.field({ type: [SignUpStep], resolve: ({ steps }) => [...steps] }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
  }),
});

builder.objectField(Viewer, 'signUp', (t) =>
  t.field({
    type: SignUpProgress,
    nullable: true,
    description: 'Her sign-up; null for accounts that are older than this field.',
    resolve: ({ id }, _, context) => context.services.signUpProgress.of(context.member, id),
  }),
);

builder.queryField('signUp', (t) =>
  t.field({
    type: SignUpProgress,
    nullable: true,
    description: "Anybody's sign-up, for administrators; null for all others, and where there is none.",
    tag: ['public'],
    args: { accountId: t.arg.id({ required: true }) },
    resolve: (_, { accountId }, context) => context.services.signUpProgress.of(context.member, String(accountId)),
  }),
);

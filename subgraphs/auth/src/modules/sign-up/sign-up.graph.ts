import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { AccountType } from '../account/account.graph.ts';
import { User } from '../account/user.graph.ts';
import { SessionTokensType } from '../session/session.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { SignedUp } from './sign-up.service.ts';

export const HandleTakenError = problems.defineProblem('HandleTakenError', 'Somebody else has this handle.');
export const SignUpRefusedError = problems.defineProblem(
  'SignUpRefusedError',
  'No account can be made with this e-mail address.',
);

const SignUpInput = builder.inputType('SignUpInput', {
  description: 'Who becomes a member.',
  fields: (t) => ({
    email: t.string({ required: true }),
    password: t.string({ required: true, description: '10 to 200 characters, not a common one.' }),
    handle: t.string({ required: true, description: 'Unique; 3 to 30 letters a-z, digits or underscores.' }),
    displayName: t.string({ required: true, description: '1 to 60 characters.' }),
    language: t.string({
      required: true,
      defaultValue: 'en',
      description: 'The language that she reads: `en` or `ko`.',
    }),
    clientMutationId: t.string({
      description: 'A random text; the same sign-up sent again with it is answered as done, with a new session.',
    }),
  }),
});

export const SignUpSuccess = builder.objectRef<SignedUp>('SignUpSuccess').implement({
  description: 'The account is there, and a session of it is open.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    account: t.field({ type: AccountType, resolve: (result) => result.account }),
    session: t.field({ type: SessionTokensType, resolve: (result) => result.session }),
    user: t.field({ type: User, nullable: true, resolve: (result) => ({ id: result.account.id }) }),
  }),
});

const SignUpResult = builder.unionType('SignUpResult', {
  description: 'How `signUp` ended.',
  types: [SignUpSuccess, HandleTakenError, SignUpRefusedError, problems.ValidationError, TooManyAttemptsError],
});

builder.mutationField('signUp', (t) =>
  t.field({
    type: SignUpResult,
    description: 'Makes an account and opens its first session.',
    tag: ['public', 'mobile'],
    // Hashing a password is the dearest thing that an anonymous client can ask for.
    cost: 50,
    args: { input: t.arg({ type: SignUpInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.signUp.signUp({ ...input, clientMutationId: input.clientMutationId ?? null }, clientOf(context)),
  }),
);

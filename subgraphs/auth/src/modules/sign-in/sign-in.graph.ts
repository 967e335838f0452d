import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { AccountType } from '../account/account.graph.ts';
import { User } from '../account/user.graph.ts';
import { SessionTokensType } from '../session/session.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { SecondFactorRequired } from './admission.ts';
import type { AccountSuspended } from './sign-in.problems.ts';
import type { SignedIn } from './sign-in.service.ts';

export const InvalidCredentialsError = problems.defineProblem(
  'InvalidCredentialsError',
  'There is no account with this e-mail address and this password; which of the two is wrong is not said.',
);

export const AccountClosedError = problems.defineProblem(
  'AccountClosedError',
  'Nobody signs in to this account any more; `code` says why, to whoever knows the password.',
);

export const AccountSuspendedError = builder.objectRef<AccountSuspended>('AccountSuspendedError').implement({
  description: 'Nobody signs in to this account for a time; told only to who has shown that it is hers.',
  interfaces: [problems.ErrorInterface],
  tag: ['public', 'mobile'],
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'In the words of who suspended her.' }),
    until: t.expose('until', { type: 'DateTime', nullable: true, description: 'Null: until somebody ends it.' }),
  }),
});

const SignInInput = builder.inputType('SignInInput', {
  description: 'How the member shows who she is.',
  fields: (t) => ({ email: t.string({ required: true }), password: t.string({ required: true }) }),
});

export const SignInSuccess = builder.objectRef<SignedIn>('SignInSuccess').implement({
  description: 'A session was opened.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    account: t.field({ type: AccountType, resolve: (result) => result.account }),
    session: t.field({ type: SessionTokensType, resolve: (result) => result.session }),
    user: t.field({ type: User, nullable: true, resolve: (result) => ({ id: result.account.id }) }),
  }),
});

export const SecondFactorRequiredType = builder.objectRef<SecondFactorRequired>('SecondFactorRequired').implement({
  description: 'The first step was good. `completeSignIn` ends it with a code of the second factor.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    challenge: t.exposeString('challenge', { description: 'For `completeSignIn`, once. Keep it secret.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const SignInResult = builder.unionType('SignInResult', {
  description: 'How `signIn` ended.',
  types: [
    SignInSuccess,
    SecondFactorRequiredType,
    InvalidCredentialsError,
    AccountClosedError,
    AccountSuspendedError,
    TooManyAttemptsError,
  ],
});

builder.mutationField('signIn', (t) =>
  t.field({
    type: SignInResult,
    description: 'Opens a session by e-mail address and password. Failed attempts make the next ones wait.',
    tag: ['public', 'mobile'],
    // Hashing a password is the dearest thing that an anonymous client can ask for.
    cost: 50,
    args: { input: t.arg({ type: SignInInput, required: true }) },
    resolve: (_, { input }, context) => context.services.signIn.signIn(input, clientOf(context)),
  }),
);

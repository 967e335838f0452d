import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import { InvalidCodeError } from '../totp/totp.graph.ts';
import { AccountClosedError, AccountSuspendedError, InvalidCredentialsError, SignInSuccess } from './sign-in.graph.ts';

export const InvalidChallengeError = problems.defineProblem(
  'InvalidChallengeError',
  'The challenge is unknown, was used or has expired. Begin anew.',
);

const CompleteSignInInput = builder.inputType('CompleteSignInInput', {
  description: 'The second step of a sign-in.',
  fields: (t) => ({
    challenge: t.string({ required: true, description: 'Of `SecondFactorRequired`.' }),
    code: t.string({ required: true, description: 'Six digits of the authenticator app, or a recovery code.' }),
  }),
});

const CompleteSignInResult = builder.unionType('CompleteSignInResult', {
  description: 'How `completeSignIn` ended.',
  types: [
    SignInSuccess,
    InvalidCodeError,
    InvalidChallengeError,
    InvalidCredentialsError,
    AccountClosedError,
    AccountSuspendedError,
    TooManyAttemptsError,
  ],
});

builder.mutationField('completeSignIn', (t) =>
  t.field({
    type: CompleteSignInResult,
    description:
      'Opens the session of a sign-in that waits for the second factor. Wrong codes make the next ones wait.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: CompleteSignInInput, required: true }) },
    resolve: (_, { input }, context) => context.services.secondStep.complete(input, clientOf(context)),
  }),
);

import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { InvalidChallengeError } from '../sign-in/second-step.graph.ts';
import { HandleTakenError, SignUpRefusedError, SignUpSuccess } from '../sign-up/sign-up.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';

const CompleteOAuthSignUpInput = builder.inputType('CompleteOAuthSignUpInput', {
  description: 'What a newcomer adds to what the provider told.',
  fields: (t) => ({
    ticket: t.string({ required: true, description: 'Of `OAuthSignUpRequired`.' }),
    handle: t.string({ required: true, description: 'Unique; 3 to 30 letters a-z, digits or underscores.' }),
    displayName: t.string({ required: true, description: '1 to 60 characters.' }),
    language: t.string({
      required: true,
      defaultValue: 'en',
      description: 'The language that she reads: `en` or `ko`.',
    }),
    email: t.string({ description: 'Where the provider gave none, or she wants another one; it has to be verified.' }),
  }),
});

const CompleteOAuthSignUpResult = builder.unionType('CompleteOAuthSignUpResult', {
  description: 'How `completeOAuthSignUp` ended.',
  types: [
    SignUpSuccess,
    InvalidChallengeError,
    HandleTakenError,
    SignUpRefusedError,
    problems.ValidationError,
    TooManyAttemptsError,
  ],
});

builder.mutationField('completeOAuthSignUp', (t) =>
  t.field({
    type: CompleteOAuthSignUpResult,
    description: 'Makes an account of who has shown who she is at a provider. It has no password.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: CompleteOAuthSignUpInput, required: true }) },
    resolve: (_, { input }, context) =>
      context.services.oauthSignUp.signUp({ ...input, email: input.email ?? null }, clientOf(context)),
  }),
);

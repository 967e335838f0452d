import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { InvalidChallengeError } from '../sign-in/second-step.graph.ts';
import {
  AccountClosedError,
  AccountSuspendedError,
  InvalidCredentialsError,
  SecondFactorRequiredType,
  SignInSuccess,
} from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { OAuthBegun, OAuthLinked, OAuthSignUpRequired } from './oauth.service.ts';

const SignInProvider = builder.objectRef<{ id: string; name: string }>('SignInProvider').implement({
  description: 'Somewhere else where members have accounts by which they can sign in.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ id: t.exposeID('id'), name: t.exposeString('name') }),
});

builder.queryField('signInProviders', (t) =>
  t.field({
    type: [SignInProvider],
    description: 'The providers that this community has set up.',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => [...context.services.oauth.providers],
  }),
);

const OAuthFailedError = problems.defineProblem(
  'OAuthFailedError',
  'The provider refused, or what came back is not what was begun.',
);

const BeginOAuthInput = builder.inputType('BeginOAuthInput', {
  description: 'Where to sign in.',
  fields: (t) => ({
    provider: t.id({ required: true }),
    link: t.boolean({
      required: true,
      defaultValue: false,
      description: "Whether the provider's account is to be linked to the viewer's, instead of signing in by it.",
    }),
    password: t.string({
      required: true,
      defaultValue: '',
      description: "To link: the viewer's password; for an account without one an empty text, soon after signing in.",
    }),
  }),
});

const BeginOAuthSuccess = builder.objectRef<OAuthBegun>('BeginOAuthSuccess').implement({
  description: 'Send the browser to `url`, and keep `state` in it: who comes back without it began somewhere else.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    url: t.exposeString('url'),
    state: t.exposeString('state'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

const BeginOAuthResult = builder.unionType('BeginOAuthResult', {
  description: 'How `beginOAuth` ended.',
  types: [
    BeginOAuthSuccess,
    problems.NotFoundError,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
  ],
});

builder.mutationField('beginOAuth', (t) =>
  t.field({
    type: BeginOAuthResult,
    description: 'Begins a sign-in at a provider (OAuth 2.0 with PKCE, OpenID Connect), or the linking of one.',
    tag: ['public', 'mobile'],
    cost: 50,
    args: { input: t.arg({ type: BeginOAuthInput, required: true }) },
    resolve: (_, { input }, context) => context.services.oauth.begin(context.member, input),
  }),
);

const CompleteOAuthInput = builder.inputType('CompleteOAuthInput', {
  description: 'What came back from the provider.',
  fields: (t) => ({
    provider: t.id({ required: true, description: 'Whose call-back it is.' }),
    state: t.string({ required: true, description: 'Of `beginOAuth`, as the browser kept it.' }),
    parameters: t.string({ required: true, description: "The query of the call-back's address, as it came." }),
  }),
});

const OAuthLinkedType = builder.objectRef<OAuthLinked>('OAuthLinked').implement({
  description: "The provider's account is linked: she can sign in by it from now on.",
  tag: ['public', 'mobile'],
  fields: (t) => ({ provider: t.exposeID('provider') }),
});

const OAuthSignUpRequiredType = builder.objectRef<OAuthSignUpRequired>('OAuthSignUpRequired').implement({
  description: 'Nobody has this account of the provider linked. `completeOAuthSignUp` makes an account of it.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    ticket: t.exposeString('ticket', { description: 'For `completeOAuthSignUp`. Keep it secret.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    email: t.exposeString('email', { nullable: true }),
    name: t.exposeString('name', { nullable: true }),
  }),
});

const CompleteOAuthResult = builder.unionType('CompleteOAuthResult', {
  description: 'How `completeOAuth` ended.',
  types: [
    SignInSuccess,
    SecondFactorRequiredType,
    OAuthLinkedType,
    OAuthSignUpRequiredType,
    OAuthFailedError,
    InvalidChallengeError,
    InvalidCredentialsError,
    AccountClosedError,
    AccountSuspendedError,
    problems.ConflictError,
  ],
});

builder.mutationField('completeOAuth', (t) =>
  t.field({
    type: CompleteOAuthResult,
    description: 'Ends a sign-in at a provider, once.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: CompleteOAuthInput, required: true }) },
    resolve: (_, { input }, context) => context.services.oauth.complete(input, clientOf(context)),
  }),
);

import { builder, problems } from '../../builder.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { EmailVerified, VerificationRequested } from './email-verification.service.ts';

const InvalidVerificationTokenError = problems.defineProblem(
  'InvalidVerificationTokenError',
  'The token of the link is unknown, was used or has expired.',
);

const VerifyEmailInput = builder.inputType('VerifyEmailInput', {
  description: 'What the link in the mail carries.',
  fields: (t) => ({ token: t.string({ required: true }) }),
});

const VerifyEmailSuccess = builder.objectRef<EmailVerified>('VerifyEmailSuccess').implement({
  description: 'The e-mail address is verified.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
});

const VerifyEmailResult = builder.unionType('VerifyEmailResult', {
  description: 'How `verifyEmail` ended.',
  types: [VerifyEmailSuccess, InvalidVerificationTokenError],
});

builder.mutationField('verifyEmail', (t) =>
  t.field({
    type: VerifyEmailResult,
    description:
      'Shows that an e-mail address is hers, by the token of the link in the mail. Nobody need be signed in.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: VerifyEmailInput, required: true }) },
    resolve: (_, { input }, context) => context.services.emailVerification.verify(input.token),
  }),
);

const RequestEmailVerificationSuccess = builder
  .objectRef<VerificationRequested>('RequestEmailVerificationSuccess')
  .implement({
    description: 'A mail with a link is on its way.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ accountId: t.exposeID('accountId') }),
  });

const RequestEmailVerificationResult = builder.unionType('RequestEmailVerificationResult', {
  description: 'How `requestEmailVerification` ended.',
  types: [RequestEmailVerificationSuccess, problems.NotSignedInError, problems.ConflictError, TooManyAttemptsError],
});

builder.mutationField('requestEmailVerification', (t) =>
  t.field({
    type: RequestEmailVerificationResult,
    description: "Sends another mail with a link to the viewer's address; once a minute at most.",
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => context.services.emailVerification.requestAgain(context.member),
  }),
);

import { builder, problems } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import { InvalidCredentialsError } from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { PasswordChanged } from './password-change.service.ts';
import type { PasswordReset, PasswordResetRequested } from './password-reset.service.ts';

/** Hashing a password is the dearest thing that an anonymous client can ask for. */
const HASH_COST = 50;

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'An open session is not enough to change a password.',
  fields: (t) => ({
    currentPassword: t.string({ required: true }),
    newPassword: t.string({ required: true, description: '10 to 200 characters, not a common one.' }),
  }),
});

const ChangePasswordSuccess = builder.objectRef<PasswordChanged>('ChangePasswordSuccess').implement({
  description: 'The new password is the only one, and all other sessions have ended.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
});

const ChangePasswordResult = builder.unionType('ChangePasswordResult', {
  description: 'How `changePassword` ended.',
  types: [
    ChangePasswordSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    problems.ValidationError,
  ],
});

builder.mutationField('changePassword', (t) =>
  t.field({
    type: ChangePasswordResult,
    description: "Changes the viewer's password and ends all her other sessions.",
    tag: ['public', 'mobile'],
    cost: HASH_COST,
    args: { input: t.arg({ type: ChangePasswordInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passwordChange.change(context.member, input),
  }),
);

const RequestPasswordResetInput = builder.inputType('RequestPasswordResetInput', {
  description: 'Whose password shall be reset.',
  fields: (t) => ({ email: t.string({ required: true }) }),
});

const RequestPasswordResetSuccess = builder.objectRef<PasswordResetRequested>('RequestPasswordResetSuccess').implement({
  description: 'If there is an account with this address, a mail with a link is on its way. Nobody is told whether.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    linkSeconds: t.exposeInt('linkSeconds', { description: 'How long the link is good, in seconds.' }),
  }),
});

const RequestPasswordResetResult = builder.unionType('RequestPasswordResetResult', {
  description: 'How `requestPasswordReset` ended.',
  types: [RequestPasswordResetSuccess, problems.ValidationError, TooManyAttemptsError],
});

builder.mutationField('requestPasswordReset', (t) =>
  t.field({
    type: RequestPasswordResetResult,
    description: 'Has a mail with a link to a new password sent, if there is such an account.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: RequestPasswordResetInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passwordReset.request(input.email, clientOf(context)),
  }),
);

const InvalidPasswordResetTokenError = problems.defineProblem(
  'InvalidPasswordResetTokenError',
  'The token of the link is unknown, was used or has expired.',
);

const ResetPasswordInput = builder.inputType('ResetPasswordInput', {
  description: 'What the link in the mail carries, and the new password.',
  fields: (t) => ({
    token: t.string({ required: true }),
    newPassword: t.string({ required: true, description: '10 to 200 characters, not a common one.' }),
  }),
});

const ResetPasswordSuccess = builder.objectRef<PasswordReset>('ResetPasswordSuccess').implement({
  description: 'The new password is the only one, and all sessions have ended. Sign in with it.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
});

const ResetPasswordResult = builder.unionType('ResetPasswordResult', {
  description: 'How `resetPassword` ended.',
  types: [ResetPasswordSuccess, InvalidPasswordResetTokenError, problems.ValidationError],
});

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: ResetPasswordResult,
    description: 'Sets a new password by the token of the link in the mail, and ends all sessions of the account.',
    tag: ['public', 'mobile'],
    cost: HASH_COST,
    args: { input: t.arg({ type: ResetPasswordInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passwordReset.reset(input),
  }),
);

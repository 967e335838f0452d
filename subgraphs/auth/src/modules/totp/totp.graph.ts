import { builder, problems } from '../../builder.ts';
import { AccountType } from '../account/account.graph.ts';
import { InvalidCredentialsError } from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { RecoveryCodesGiven, TotpOff, TotpProposed } from './totp.service.ts';

/** It hashes a password. */
const HASH_COST = 50;

export const InvalidCodeError = problems.defineProblem(
  'InvalidCodeError',
  'The code is not right, has expired or was used.',
);

const PASSWORD = "The viewer's password; for an account without one an empty text, soon after signing in.";
const CODES = 'Each is good once, in the place of a code of the app. They are shown here and never again.';

const TotpType = builder.objectRef<{ enabledAt: Date; recoveryCodesLeft: number }>('Totp').implement({
  description: 'The second factor of an account: codes of an authenticator app (RFC 6238).',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    enabledAt: t.expose('enabledAt', { type: 'DateTime' }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft'),
  }),
});

builder.objectField(AccountType, 'totp', (t) =>
  t.field({
    type: TotpType,
    nullable: true,
    description: 'Null when signing in asks for no second factor.',
    resolve: ({ id }, _, context) => context.services.totp.of(context.member, id),
  }),
);

const BeginTotpInput = builder.inputType('BeginTotpInput', {
  description: 'An open session is not enough to change how somebody signs in.',
  fields: (t) => ({ password: t.string({ required: true, description: PASSWORD }) }),
});
const BeginTotpSuccess = builder.objectRef<TotpProposed>('BeginTotpSuccess').implement({
  description: 'What the authenticator app is given. Show it once, and ask for a code of the app.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'In base32, for those who type it.' }),
    uri: t.exposeString('uri', { description: '`otpauth://…`, for a QR code.' }),
  }),
});
const BeginTotpResult = builder.unionType('BeginTotpResult', {
  description: 'How `beginTotp` ended.',
  types: [
    BeginTotpSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    problems.ConflictError,
  ],
});
builder.mutationField('beginTotp', (t) =>
  t.field({
    type: BeginTotpResult,
    description: 'Begins to set up an authenticator app; `confirmTotp` turns it on.',
    tag: ['public', 'mobile'],
    cost: HASH_COST,
    args: { input: t.arg({ type: BeginTotpInput, required: true }) },
    resolve: (_, { input }, context) => context.services.totp.begin(context.member, input.password),
  }),
);

const ConfirmTotpInput = builder.inputType('ConfirmTotpInput', {
  description: 'Shows that the app was set up.',
  fields: (t) => ({ code: t.string({ required: true, description: 'Six digits of the app.' }) }),
});
const ConfirmTotpSuccess = builder.objectRef<RecoveryCodesGiven<'ConfirmTotpSuccess'>>('ConfirmTotpSuccess').implement({
  description: 'Signing in asks for a code from now on.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    recoveryCodes: t.stringList({ description: CODES, resolve: ({ recoveryCodes }) => [...recoveryCodes] }),
  }),
});
const ConfirmTotpResult = builder.unionType('ConfirmTotpResult', {
  description: 'How `confirmTotp` ended.',
  types: [
    ConfirmTotpSuccess,
    problems.NotSignedInError,
    InvalidCodeError,
    TooManyAttemptsError,
    problems.ConflictError,
  ],
});
builder.mutationField('confirmTotp', (t) =>
  t.field({
    type: ConfirmTotpResult,
    description: 'Turns the second factor on, and gives recovery codes.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: ConfirmTotpInput, required: true }) },
    resolve: (_, { input }, context) => context.services.totp.confirm(context.member, input.code),
  }),
);

const RenewRecoveryCodesInput = builder.inputType('RenewRecoveryCodesInput', {
  description: 'An open session is not enough to change how somebody signs in.',
  fields: (t) => ({ password: t.string({ required: true, description: PASSWORD }) }),
});
const RenewRecoveryCodesSuccess = builder
  .objectRef<RecoveryCodesGiven<'RenewRecoveryCodesSuccess'>>('RenewRecoveryCodesSuccess')
  .implement({
    description: 'All earlier recovery codes are good for nothing.',
    tag: ['public', 'mobile'],
    fields: (t) => ({
      recoveryCodes: t.stringList({ description: CODES, resolve: ({ recoveryCodes }) => [...recoveryCodes] }),
    }),
  });
const RenewRecoveryCodesResult = builder.unionType('RenewRecoveryCodesResult', {
  description: 'How `renewRecoveryCodes` ended.',
  types: [
    RenewRecoveryCodesSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    problems.NotFoundError,
  ],
});
builder.mutationField('renewRecoveryCodes', (t) =>
  t.field({
    type: RenewRecoveryCodesResult,
    description: "Gives new recovery codes in the place of the viewer's.",
    tag: ['public', 'mobile'],
    cost: HASH_COST,
    args: { input: t.arg({ type: RenewRecoveryCodesInput, required: true }) },
    resolve: (_, { input }, context) => context.services.totp.renewRecoveryCodes(context.member, input.password),
  }),
);

const DisableTotpInput = builder.inputType('DisableTotpInput', {
  description: 'Both factors.',
  fields: (t) => ({
    password: t.string({ required: true, description: PASSWORD }),
    code: t.string({ required: true, description: 'Six digits of the app, or a recovery code.' }),
  }),
});
const DisableTotpSuccess = builder.objectRef<TotpOff>('DisableTotpSuccess').implement({
  description: 'Signing in asks for no second factor any more.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ accountId: t.exposeID('accountId') }),
});
const DisableTotpResult = builder.unionType('DisableTotpResult', {
  description: 'How `disableTotp` ended.',
  types: [
    DisableTotpSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    InvalidCodeError,
    problems.NotFoundError,
  ],
});
builder.mutationField('disableTotp', (t) =>
  t.field({
    type: DisableTotpResult,
    description: "Turns the viewer's second factor off.",
    tag: ['public', 'mobile'],
    cost: HASH_COST,
    args: { input: t.arg({ type: DisableTotpInput, required: true }) },
    resolve: (_, { input }, context) => context.services.totp.disable(context.member, input),
  }),
);

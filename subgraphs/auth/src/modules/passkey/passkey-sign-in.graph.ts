import { builder } from '../../builder.ts';
import { clientOf } from '../../context.ts';
import {
  AccountClosedError,
  AccountSuspendedError,
  InvalidCredentialsError,
  SignInSuccess,
} from '../sign-in/sign-in.graph.ts';
import { InvalidPasskeyError } from './passkey.graph.ts';
import type { CeremonyBegun } from './passkey.service.ts';

const BeginPasskeySignInSuccess = builder
  .objectRef<CeremonyBegun<'BeginPasskeySignInSuccess'>>('BeginPasskeySignInSuccess')
  .implement({
    description: 'What the device is asked.',
    tag: ['public', 'mobile'],
    fields: (t) => ({
      optionsJson: t.exposeString('optionsJson', {
        description: 'JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`.',
      }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    }),
  });

builder.mutationField('beginPasskeySignIn', (t) =>
  t.field({
    type: BeginPasskeySignInSuccess,
    description: 'Begins a sign-in by whatever passkey the device has for this site.',
    tag: ['public', 'mobile'],
    cost: 10,
    resolve: (_, __, context) => context.services.passkeySignIn.begin(),
  }),
);

const SignInByPasskeyInput = builder.inputType('SignInByPasskeyInput', {
  description: 'What the device answered.',
  fields: (t) => ({
    responseJson: t.string({ required: true, description: 'The credential as `toJSON()` gives it, as JSON text.' }),
  }),
});

const SignInByPasskeyResult = builder.unionType('SignInByPasskeyResult', {
  description: 'How `signInByPasskey` ended.',
  types: [SignInSuccess, InvalidPasskeyError, InvalidCredentialsError, AccountClosedError, AccountSuspendedError],
});

builder.mutationField('signInByPasskey', (t) =>
  t.field({
    type: SignInByPasskeyResult,
    description: 'Opens a session by a passkey. The device has verified the member, so no second factor is asked for.',
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: SignInByPasskeyInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passkeySignIn.signIn(input.responseJson, clientOf(context)),
  }),
);

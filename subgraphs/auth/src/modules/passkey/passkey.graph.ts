import { builder, problems } from '../../builder.ts';
import { AccountType } from '../account/account.graph.ts';
import { InvalidCredentialsError } from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import type { CeremonyBegun, PasskeyRegistered, PasskeyRemoved } from './passkey.service.ts';
import type { Passkey } from './passkey.ts';

const PasskeyType = builder.objectRef<Passkey>('Passkey').implement({
  description: 'A key on her device by which she signs in (WebAuthn).',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    backedUp: t.exposeBoolean('backedUp', { description: 'Whether it is on all her devices, and outlives this one.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.objectField(AccountType, 'passkeys', (t) =>
  t.field({
    type: [PasskeyType],
    description: 'Her passkeys, the oldest first.',
    resolve: ({ id }, _, context) => context.services.passkey.list(context.member, id),
  }),
);

export const InvalidPasskeyError = problems.defineProblem(
  'InvalidPasskeyError',
  'What the device answered is not of a known passkey, or not to a challenge of the last five minutes.',
);

const BeginPasskeyRegistrationInput = builder.inputType('BeginPasskeyRegistrationInput', {
  description: 'An open session is not enough to change how somebody signs in.',
  fields: (t) => ({
    password: t.string({
      required: true,
      description: "The viewer's password; for an account without one an empty text, soon after signing in.",
    }),
  }),
});

const BeginPasskeyRegistrationSuccess = builder
  .objectRef<CeremonyBegun<'BeginPasskeyRegistrationSuccess'>>('BeginPasskeyRegistrationSuccess')
  .implement({
    description: 'What the device is asked.',
    tag: ['public', 'mobile'],
    fields: (t) => ({
      optionsJson: t.exposeString('optionsJson', {
        description: 'JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`.',
      }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    }),
  });

const BeginPasskeyRegistrationResult = builder.unionType('BeginPasskeyRegistrationResult', {
  description: 'How `beginPasskeyRegistration` ended.',
  types: [BeginPasskeyRegistrationSuccess, problems.NotSignedInError, InvalidCredentialsError, TooManyAttemptsError],
});

builder.mutationField('beginPasskeyRegistration', (t) =>
  t.field({
    type: BeginPasskeyRegistrationResult,
    description: "Begins to make a passkey on the viewer's device.",
    tag: ['public', 'mobile'],
    // It hashes a password.
    cost: 50,
    args: { input: t.arg({ type: BeginPasskeyRegistrationInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passkey.beginRegistration(context.member, input.password),
  }),
);

const FinishPasskeyRegistrationInput = builder.inputType('FinishPasskeyRegistrationInput', {
  description: 'What the device answered.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'To know it by; 1 to 80 characters.' }),
    responseJson: t.string({ required: true, description: 'The credential as `toJSON()` gives it, as JSON text.' }),
  }),
});

const FinishPasskeyRegistrationSuccess = builder
  .objectRef<PasskeyRegistered>('FinishPasskeyRegistrationSuccess')
  .implement({
    description: 'She can sign in by it.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ passkey: t.field({ type: PasskeyType, resolve: ({ passkey }) => passkey }) }),
  });

const FinishPasskeyRegistrationResult = builder.unionType('FinishPasskeyRegistrationResult', {
  description: 'How `finishPasskeyRegistration` ended.',
  types: [
    FinishPasskeyRegistrationSuccess,
    problems.NotSignedInError,
    InvalidPasskeyError,
    problems.ValidationError,
    problems.ConflictError,
  ],
});

builder.mutationField('finishPasskeyRegistration', (t) =>
  t.field({
    type: FinishPasskeyRegistrationResult,
    description: "Keeps the passkey that the viewer's device has made.",
    tag: ['public', 'mobile'],
    cost: 10,
    args: { input: t.arg({ type: FinishPasskeyRegistrationInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passkey.finishRegistration(context.member, input),
  }),
);

const RemovePasskeyInput = builder.inputType('RemovePasskeyInput', {
  description: 'Which passkey.',
  fields: (t) => ({ passkeyId: t.id({ required: true }) }),
});

const RemovePasskeySuccess = builder.objectRef<PasskeyRemoved>('RemovePasskeySuccess').implement({
  description: 'Nobody signs in by it any more.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ passkeyId: t.exposeID('passkeyId') }),
});

const RemovePasskeyResult = builder.unionType('RemovePasskeyResult', {
  description: 'How `removePasskey` ended.',
  types: [RemovePasskeySuccess, problems.NotSignedInError, problems.NotFoundError, problems.ConflictError],
});

builder.mutationField('removePasskey', (t) =>
  t.field({
    type: RemovePasskeyResult,
    description: "Removes a passkey, unless it is the viewer's last way in.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RemovePasskeyInput, required: true }) },
    resolve: (_, { input }, context) => context.services.passkey.remove(context.member, input.passkeyId),
  }),
);

import { builder, problems } from '../../builder.ts';
import { AccountType } from '../account/account.graph.ts';
import { InvalidCredentialsError } from '../sign-in/sign-in.graph.ts';
import { TooManyAttemptsError } from '../throttle/throttle.graph.ts';
import { API_SCOPES, MOST_DAYS } from './api-token.policy.ts';
import type { ApiTokenCreated, ApiTokenExchanged, ApiTokenRevoked } from './api-token.service.ts';
import type { ApiToken } from './api-token.ts';

const ApiTokenType = builder.objectRef<ApiToken>('ApiToken').implement({
  description: 'A token by which a script acts as the member, within its scopes.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    scopes: t.stringList({ resolve: ({ scopes }) => [...scopes] }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last exchanged for an access token.',
    }),
  }),
});

builder.objectField(AccountType, 'apiTokens', (t) =>
  t.field({
    type: [ApiTokenType],
    description: 'Her API tokens that have not expired, 50 at most, the newest first.',
    resolve: ({ id }, _, context) => context.services.apiToken.list(context.member, id),
  }),
);

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'An open session is not enough to make a token.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'To know it by; 1 to 80 characters.' }),
    scopes: t.stringList({ required: true, description: `Of ${API_SCOPES.join(', ')}.` }),
    expiresInDays: t.int({ required: true, defaultValue: 90, description: `1 to ${MOST_DAYS}.` }),
    password: t.string({
      required: true,
      description: "The viewer's password; for an account without one an empty text, soon after signing in.",
    }),
  }),
});

const CreateApiTokenSuccess = builder.objectRef<ApiTokenCreated>('CreateApiTokenSuccess').implement({
  description: 'The token is there.',
  tag: ['public'],
  fields: (t) => ({
    token: t.exposeString('token', {
      description: 'For the header `authorization: Bearer …`. It is shown here and never again.',
    }),
    apiToken: t.field({ type: ApiTokenType, resolve: ({ apiToken }) => apiToken }),
  }),
});

const CreateApiTokenResult = builder.unionType('CreateApiTokenResult', {
  description: 'How `createApiToken` ended.',
  types: [
    CreateApiTokenSuccess,
    problems.NotSignedInError,
    InvalidCredentialsError,
    TooManyAttemptsError,
    problems.ValidationError,
    problems.ConflictError,
  ],
});

builder.mutationField('createApiToken', (t) =>
  t.field({
    type: CreateApiTokenResult,
    description: "Makes a token for the viewer's scripts.",
    tag: ['public'],
    // It hashes a password.
    cost: 50,
    args: { input: t.arg({ type: CreateApiTokenInput, required: true }) },
    resolve: (_, { input: { expiresInDays, ...input } }, context) =>
      context.services.apiToken.create(context.member, { ...input, days: expiresInDays }),
  }),
);

const RevokeApiTokenInput = builder.inputType('RevokeApiTokenInput', {
  description: 'Which token is good for nothing any more.',
  fields: (t) => ({ apiTokenId: t.id({ required: true }) }),
});

const RevokeApiTokenSuccess = builder.objectRef<ApiTokenRevoked>('RevokeApiTokenSuccess').implement({
  description: 'The token and all that it opened are refused everywhere within moments.',
  tag: ['public'],
  fields: (t) => ({ apiTokenId: t.exposeID('apiTokenId') }),
});

const RevokeApiTokenResult = builder.unionType('RevokeApiTokenResult', {
  description: 'How `revokeApiToken` ended.',
  types: [RevokeApiTokenSuccess, problems.NotSignedInError, problems.NotFoundError],
});

builder.mutationField('revokeApiToken', (t) =>
  t.field({
    type: RevokeApiTokenResult,
    description: "Revokes one of the viewer's tokens.",
    tag: ['public'],
    args: { input: t.arg({ type: RevokeApiTokenInput, required: true }) },
    resolve: (_, { input }, context) => context.services.apiToken.revoke(context.member, input.apiTokenId),
  }),
);

const InvalidApiTokenError = problems.defineProblem(
  'InvalidApiTokenError',
  'The API token is unknown, has expired or was revoked, or its account is closed or suspended.',
);

const ExchangeApiTokenInput = builder.inputType('ExchangeApiTokenInput', {
  description: 'Which token to act by.',
  fields: (t) => ({ token: t.string({ required: true }) }),
});

const ExchangeApiTokenSuccess = builder.objectRef<ApiTokenExchanged>('ExchangeApiTokenSuccess').implement({
  description: 'An access token with the scopes of the API token.',
  tag: ['public'],
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', { description: 'It is good for ten minutes.' }),
    accessTokenExpiresAt: t.expose('accessTokenExpiresAt', { type: 'DateTime' }),
  }),
});

const ExchangeApiTokenResult = builder.unionType('ExchangeApiTokenResult', {
  description: 'How `exchangeApiToken` ended.',
  types: [ExchangeApiTokenSuccess, InvalidApiTokenError],
});

builder.mutationField('exchangeApiToken', (t) =>
  t.field({
    type: ExchangeApiTokenResult,
    description:
      'Gives an access token for an API token. The front door does it for requests over HTTP; for WebSockets a script does.',
    tag: ['public'],
    args: { input: t.arg({ type: ExchangeApiTokenInput, required: true }) },
    resolve: (_, { input }, context) => context.services.apiToken.exchange(input.token),
  }),
);

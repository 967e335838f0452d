import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { builder, defineConnection, problems } from '../../builder.ts';
import { AccountType } from '../account/account.graph.ts';
import type { SessionEnded, SessionRefreshed } from './session.service.ts';
import type { Session, SessionTokens } from './session.ts';

const SessionType = builder.objectRef<Session>('Session').implement({
  description: 'A sign-in that is open on some device.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    clientName: t.exposeString('clientName', { description: 'What the client calls itself; may be empty.' }),
    clientAddress: t.exposeString('clientAddress', {
      description: 'The network that it was opened from, such as `203.0.113.0/24`; may be empty.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', description: 'When it was last refreshed.' }),
    current: t.boolean({
      description: 'Whether it is the one that asks.',
      resolve: ({ id }, _, context) => context.member?.sessionId === id,
    }),
  }),
});

const SessionConnection = defineConnection('Session', SessionType);

builder.objectField(AccountType, 'sessions', (t) =>
  t.field({
    type: SessionConnection,
    description: 'The open sessions, the newest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    listSize: connectionSize,
    resolve: async ({ id }, args, context) => {
      const page = readPage(args, 1);
      return toConnection(await context.stores.session.page(id, page, context.clock()), page, (session) => [
        session.id,
      ]);
    },
  }),
);

export const SessionTokensType = builder.objectRef<SessionTokens>('SessionTokens').implement({
  description: 'What a client needs to act as a member. Keep both tokens secret.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', {
      description: 'For the header `authorization: Bearer …`. It is good for ten minutes.',
    }),
    accessTokenExpiresAt: t.expose('accessTokenExpiresAt', { type: 'DateTime' }),
    refreshToken: t.exposeString('refreshToken', {
      description:
        'For `refreshSession`, once: each refresh gives a new one, and an old one used again ends the session.',
    }),
    refreshTokenExpiresAt: t.expose('refreshTokenExpiresAt', { type: 'DateTime' }),
  }),
});

const InvalidRefreshTokenError = problems.defineProblem(
  'InvalidRefreshTokenError',
  'The refresh token is unknown, has expired or was replaced, or its session has ended. Sign in again.',
);

const RefreshSessionInput = builder.inputType('RefreshSessionInput', {
  description: 'Which session to go on with.',
  fields: (t) => ({ refreshToken: t.string({ required: true }) }),
});
const RefreshSessionSuccess = builder.objectRef<SessionRefreshed>('RefreshSessionSuccess').implement({
  description: 'The session goes on with new tokens.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ session: t.field({ type: SessionTokensType, resolve: (result) => result.session }) }),
});
const RefreshSessionResult = builder.unionType('RefreshSessionResult', {
  description: 'How `refreshSession` ended.',
  types: [RefreshSessionSuccess, InvalidRefreshTokenError],
});

builder.mutationField('refreshSession', (t) =>
  t.field({
    type: RefreshSessionResult,
    description: 'Gives new tokens for a refresh token. Send no access token with it: an expired one is refused.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RefreshSessionInput, required: true }) },
    resolve: (_, { input }, context) => context.services.session.refresh(input.refreshToken),
  }),
);

const SignOutInput = builder.inputType('SignOutInput', {
  description: 'Which session to end.',
  fields: (t) => ({
    refreshToken: t.string({ description: 'Of the session to end; without it, the session of the access token ends.' }),
  }),
});
const SignOutSuccess = builder.objectRef<SessionEnded<'SignOutSuccess'>>('SignOutSuccess').implement({
  description: 'The session has ended; its access tokens are refused everywhere within moments.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ sessionId: t.exposeID('sessionId') }),
});
const SignOutResult = builder.unionType('SignOutResult', {
  description: 'How `signOut` ended.',
  types: [SignOutSuccess, problems.NotSignedInError],
});

builder.mutationField('signOut', (t) =>
  t.field({
    type: SignOutResult,
    description: 'Ends a session; well also when it had ended.',
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: SignOutInput }) },
    resolve: (_, { input }, context) => context.services.session.signOut(context.member, input?.refreshToken ?? null),
  }),
);

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'Which session to end.',
  fields: (t) => ({ sessionId: t.id({ required: true }) }),
});
const RevokeSessionSuccess = builder.objectRef<SessionEnded<'RevokeSessionSuccess'>>('RevokeSessionSuccess').implement({
  description: 'The session has ended; its access tokens are refused everywhere within moments.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ sessionId: t.exposeID('sessionId') }),
});
const RevokeSessionResult = builder.unionType('RevokeSessionResult', {
  description: 'How `revokeSession` ended.',
  types: [RevokeSessionSuccess, problems.NotFoundError, problems.NotSignedInError],
});

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: RevokeSessionResult,
    description: "Ends one of the viewer's sessions, on whatever device it is.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: RevokeSessionInput, required: true }) },
    resolve: (_, { input }, context) => context.services.session.revoke(context.member, input.sessionId),
  }),
);

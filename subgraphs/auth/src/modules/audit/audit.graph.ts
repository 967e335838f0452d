import { readPage, toConnection } from '@community/kit/connection';
import { connectionSize } from '@community/kit/connection.graph';
import { hasRole } from '@community/kit/member';
import { builder, defineConnection } from '../../builder.ts';
import { User } from '../account/user.graph.ts';
import { RoleType } from '../role/role.graph.ts';
import { AUDIT_ACTS, type AuditEntry } from './audit.ts';

const AuditActType = builder.enumType('AccountAct', {
  description: 'What was done to an account. Expect new ones.',
  values: AUDIT_ACTS,
});

const AuditEntryType = builder.objectRef<AuditEntry>('AccountAuditEntry').implement({
  description: 'What somebody did to an account by her office.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    at: t.expose('at', { type: 'DateTime' }),
    act: t.field({ type: AuditActType, resolve: ({ act }) => act }),
    actor: t.field({
      type: User,
      nullable: true,
      description: "Who did it; null for the platform itself, an operator's command, or a time that was over.",
      resolve: ({ actorId }) => (actorId ? { id: actorId } : null),
    }),
    accountId: t.exposeID('accountId'),
    user: t.field({ type: User, nullable: true, resolve: ({ accountId }) => ({ id: accountId }) }),
    role: t.field({ type: RoleType, nullable: true, resolve: ({ role }) => role }),
    until: t.expose('until', { type: 'DateTime', nullable: true }),
    reason: t.exposeString('reason', { nullable: true }),
  }),
});

const AuditConnection = defineConnection('AccountAuditEntry', AuditEntryType);

builder.queryField('accountAuditLog', (t) =>
  t.field({
    type: AuditConnection,
    nullable: true,
    description: 'What was done to accounts, the newest first, for administrators; null for all others.',
    tag: ['public'],
    args: {
      first: t.arg.int(),
      after: t.arg.string(),
      accountId: t.arg.id({ description: 'Of this account only.' }),
    },
    listSize: connectionSize,
    resolve: async (_, { accountId, ...args }, context) => {
      if (!hasRole(context.member, 'ADMINISTRATOR')) return null;
      const page = readPage(args, 1);
      return toConnection(await context.stores.audit.page(accountId ?? null, page), page, ({ id }) => [id]);
    },
  }),
);

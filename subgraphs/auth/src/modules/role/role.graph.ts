import { ROLES } from '@community/kit/member';
import { builder, problems } from '../../builder.ts';
import { User } from '../account/user.graph.ts';
import type { RolesChanged } from './role.service.ts';

export const RoleType = builder.enumType('Role', {
  description: 'What a member may do beyond what everybody may. Expect new ones.',
  values: ROLES,
});

const refusals = [
  problems.NotSignedInError,
  problems.ForbiddenError,
  problems.NotFoundError,
  problems.ValidationError,
] as const;

const WHEN =
  'It takes effect when the member refreshes her session: within ten minutes, as her access token holds her roles.';

const GrantRoleInput = builder.inputType('GrantRoleInput', {
  description: 'Who shall have which role.',
  fields: (t) => ({ accountId: t.id({ required: true }), role: t.field({ type: RoleType, required: true }) }),
});
const GrantRoleSuccess = builder.objectRef<RolesChanged<'GrantRoleSuccess'>>('GrantRoleSuccess').implement({
  description: 'The member has the role.',
  tag: ['public'],
  fields: (t) => ({
    accountId: t.exposeID('accountId'),
    roles: t.field({ type: [RoleType], description: 'All that she has now.', resolve: ({ roles }) => [...roles] }),
    user: t.field({ type: User, nullable: true, resolve: ({ accountId }) => ({ id: accountId }) }),
  }),
});
const GrantRoleResult = builder.unionType('GrantRoleResult', {
  description: 'How `grantRole` ended.',
  types: [GrantRoleSuccess, ...refusals],
});

builder.mutationField('grantRole', (t) =>
  t.field({
    type: GrantRoleResult,
    description: `Gives a member a role, for administrators. ${WHEN}`,
    tag: ['public'],
    args: { input: t.arg({ type: GrantRoleInput, required: true }) },
    resolve: (_, { input }, context) => context.services.role.grant(context.member, input),
  }),
);

const RevokeRoleInput = builder.inputType('RevokeRoleInput', {
  description: 'Who shall no longer have which role.',
  fields: (t) => ({ accountId: t.id({ required: true }), role: t.field({ type: RoleType, required: true }) }),
});
const RevokeRoleSuccess = builder.objectRef<RolesChanged<'RevokeRoleSuccess'>>('RevokeRoleSuccess').implement({
  description: 'The member does not have the role.',
  tag: ['public'],
  fields: (t) => ({
    accountId: t.exposeID('accountId'),
    roles: t.field({ type: [RoleType], description: 'All that she has now.', resolve: ({ roles }) => [...roles] }),
    user: t.field({ type: User, nullable: true, resolve: ({ accountId }) => ({ id: accountId }) }),
  }),
});
const RevokeRoleResult = builder.unionType('RevokeRoleResult', {
  description: 'How `revokeRole` ended.',
  types: [RevokeRoleSuccess, ...refusals],
});

builder.mutationField('revokeRole', (t) =>
  t.field({
    type: RevokeRoleResult,
    description: `Takes a role from a member, for administrators; the last administrator stays one. ${WHEN}`,
    tag: ['public'],
    args: { input: t.arg({ type: RevokeRoleInput, required: true }) },
    resolve: (_, { input }, context) => context.services.role.revoke(context.member, input),
  }),
);

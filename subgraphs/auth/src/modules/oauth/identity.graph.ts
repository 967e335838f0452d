import { builder, problems } from '../../builder.ts';
import { AccountType } from '../account/account.graph.ts';
import type { IdentityUnlinked } from './identity.service.ts';
import type { LinkedIdentity } from './identity.store.ts';

const LinkedIdentityType = builder.objectRef<LinkedIdentity>('LinkedIdentity').implement({
  description: "A provider's account by which she signs in.",
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    provider: t.exposeID('provider'),
    email: t.exposeString('email', { nullable: true, description: 'As the provider told it when they were linked.' }),
    linkedAt: t.expose('linkedAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.objectField(AccountType, 'identities', (t) =>
  t.field({
    type: [LinkedIdentityType],
    description: "The providers' accounts by which she signs in.",
    resolve: ({ id }, _, context) => context.services.identity.list(context.member, id),
  }),
);

const UnlinkIdentityInput = builder.inputType('UnlinkIdentityInput', {
  description: "Which provider's account.",
  fields: (t) => ({ identityId: t.id({ required: true }) }),
});

const UnlinkIdentitySuccess = builder.objectRef<IdentityUnlinked>('UnlinkIdentitySuccess').implement({
  description: 'Nobody signs in by it any more.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ identityId: t.exposeID('identityId') }),
});

const UnlinkIdentityResult = builder.unionType('UnlinkIdentityResult', {
  description: 'How `unlinkIdentity` ended.',
  types: [UnlinkIdentitySuccess, problems.NotSignedInError, problems.NotFoundError, problems.ConflictError],
});

builder.mutationField('unlinkIdentity', (t) =>
  t.field({
    type: UnlinkIdentityResult,
    description: "Unlinks a provider's account, unless it is the viewer's last way in.",
    tag: ['public', 'mobile'],
    args: { input: t.arg({ type: UnlinkIdentityInput, required: true }) },
    resolve: (_, { input }, context) => context.services.identity.unlink(context.member, input.identityId),
  }),
);

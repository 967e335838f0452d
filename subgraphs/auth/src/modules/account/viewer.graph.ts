import { builder } from '../../builder.ts';
import { AccountType } from './account.graph.ts';
import { ownAccount } from './account.loader.ts';

/** The member who asks. Each subgraph answers the root field for itself, so that asking for it costs no hop. */
export const Viewer = builder.objectRef<{ id: string }>('Viewer').implement({
  description:
    'The member who asks, and what is only for her. What she sees of public things is asked here, apart from them.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id'),
    account: t.field({
      type: AccountType,
      nullable: true,
      description: 'How she signs in.',
      resolve: ({ id }, _, context) => ownAccount(context).load(id),
    }),
  }),
});

builder.asEntity(Viewer, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => (context.member?.id === id ? { id } : null),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    shareable: true,
    description: 'The member who asks; null for an anonymous client.',
    tag: ['public', 'mobile'],
    resolve: (_, __, context) => (context.member ? { id: context.member.id } : null),
  }),
);

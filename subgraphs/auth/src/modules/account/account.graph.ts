import { builder } from '../../builder.ts';
import { RoleType } from '../role/role.graph.ts';
import type { Account } from './account.ts';
import { User } from './user.graph.ts';

export const AccountType = builder.objectRef<Account>('Account').implement({
  description: 'How a member signs in, and what she may do. Only she sees it; what others see of her is `User`.',
  tag: ['public', 'mobile'],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The same as the id of her `User`.' }),
    email: t.exposeString('email'),
    emailVerified: t.boolean({
      description: 'Whether she has shown, by a link in a mail, that the address is hers.',
      resolve: ({ emailVerifiedAt }) => emailVerifiedAt !== null,
    }),
    roles: t.field({ type: [RoleType], resolve: (account) => [...account.roles] }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    user: t.field({ type: User, nullable: true, description: 'Her public face.', resolve: ({ id }) => ({ id }) }),
  }),
});

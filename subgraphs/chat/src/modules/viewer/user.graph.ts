import { builder } from '../../builder.ts';

/** A member, of whom this domain knows the id; her profile joins in the router. */
export const User = builder.objectRef<{ id: string }>('User').implement({
  description: 'A member of the community. Owned by user; this domain only refers to her.',
  tag: ['public', 'mobile'],
  fields: (t) => ({ id: t.exposeID('id') }),
});

builder.asEntity(User, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }) => ({ id }),
});

import { builder } from '../../builder.ts';

/** A reference: what a member shows of herself belongs to user. */
export const User = builder.objectRef<{ id: string }>('User').implement({
  tag: ['public', 'mobile'],
  fields: (t) => ({ id: t.exposeID('id') }),
});

builder.asEntity(User, {
  key: builder.keyDirective(builder.selection<{ id: string }>('id'), false),
  resolveReference: (reference) => reference,
});

import { builder } from '../../builder.ts';

/** A thing of another domain, of which this one knows the id; what it is joins in the router. */
function reference(name: string, description: string) {
  const ref = builder.objectRef<{ __typename: string; id: string }>(name).implement({
    description,
    tag: ['public', 'mobile'],
    fields: (t) => ({ id: t.exposeID('id') }),
  });
  builder.asEntity(ref, {
    key: builder.keyDirective(builder.selection<{ id: string }>('id'), false),
    resolveReference: ({ id }) => ({ __typename: name, id }),
  });
  return ref;
}

export const User = reference('User', 'A member of the community. Owned by user.');
export const Post = reference('Post', 'What a member published. Owned by content.');
export const Comment = reference('Comment', 'What a member answered. Owned by content.');
export const Room = reference('Room', 'Where members talk. Owned by chat.');

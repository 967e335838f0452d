import type { Builder } from './builder.ts';
import type { RequestContext } from './context.ts';

/**
 * Adds `Viewer`, the member who asks, with the root field: each subgraph answers it for itself, so that asking for it
 * costs no hop.
 * @returns the type, for the domain's own fields
 */
export function addViewer<Context extends RequestContext>(builder: Builder<Context>) {
  const Viewer = builder.objectRef<{ id: string }>('Viewer').implement({
    description:
      'The member who asks, and what is only for her. What she sees of public things is asked here, apart from them.',
    tag: ['public', 'mobile'],
    fields: (t) => ({ id: t.exposeID('id') }),
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
  return Viewer;
}

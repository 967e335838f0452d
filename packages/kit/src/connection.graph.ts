import type { ObjectRef, SchemaTypes } from '@pothos/core';
import type { Builder } from './builder.ts';
import type { BuilderTypes } from './builder-types.ts';
import { type Connection, DEFAULT_PAGE, type Edge } from './connection.ts';
import type { RequestContext } from './context.ts';

type Types<Context extends RequestContext> = PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes<Context>>;

/** `@listSize` of a connection: as many edges as were asked for (GraphQL cost directives specification). */
export const connectionSize = {
  slicingArguments: ['first'],
  assumedSize: DEFAULT_PAGE,
  sizedFields: ['edges'],
  requireOneSlicingArgument: false,
};

/** Adds `PageInfo`; returns a function that defines the connection and edge types of a node. */
export function addConnections<Context extends RequestContext>(builder: Builder<Context>) {
  const PageInfo = builder.objectRef<Connection<unknown>['pageInfo']>('PageInfo').implement({
    description: 'Where a page of a list lies.',
    shareable: true,
    tag: ['public', 'mobile'],
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage'),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
      startCursor: t.exposeString('startCursor', { nullable: true }),
      endCursor: t.exposeString('endCursor', { nullable: true }),
    }),
  });

  /**
   * Defines `<name>Connection` and `<name>Edge`.
   * @param shareable whether another subgraph has lists of the same node
   */
  return function defineConnection<Node>(
    name: string,
    node: ObjectRef<Types<Context> & SchemaTypes, Node>,
    options: { shareable?: boolean } = {},
  ) {
    const EdgeRef = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
      description: `One ${name} in a list, with its cursor.`,
      tag: ['public', 'mobile'],
      ...options,
      fields: (t) => ({
        cursor: t.exposeString('cursor'),
        // Null when it is hidden from the viewer or its owner does not answer.
        node: t.field({ type: node, nullable: true, resolve: (edge) => edge.node as never }),
      }),
    });
    return builder.objectRef<Connection<Node>>(`${name}Connection`).implement({
      description: `A page of a list of ${name}.`,
      tag: ['public', 'mobile'],
      ...options,
      fields: (t) => ({
        edges: t.field({ type: [EdgeRef], resolve: (connection) => [...connection.edges] }),
        pageInfo: t.field({ type: PageInfo, resolve: (connection) => connection.pageInfo }),
      }),
    });
  };
}

import SchemaBuilder from '@pothos/core';
import DirectivesPlugin from '@pothos/plugin-directives';
import FederationPlugin from '@pothos/plugin-federation';
import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLNonNull,
  type GraphQLSchema,
  GraphQLString,
  specifiedDirectives,
} from 'graphql';
import type { BuilderTypes } from './builder-types.ts';
import type { RequestContext } from './context.ts';
import { addDateTime } from './date-time.ts';

/** Composition is done by an MIT library, which knows federation up to this version. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.9';

/**
 * A Pothos builder by the graph's conventions: non-null fields by default, federation, directives and `DateTime`.
 * @param roots `subscriptions` for a domain that has live fields; a root type without a field is not valid SDL
 */
export function createBuilder<Context extends RequestContext>(roots: { subscriptions?: boolean } = {}) {
  const builder = new SchemaBuilder<BuilderTypes<Context>>({
    plugins: [DirectivesPlugin, FederationPlugin],
    defaultFieldNullability: false,
  });
  builder.queryType({});
  builder.mutationType({});
  if (roots.subscriptions) builder.subscriptionType({});
  addDateTime(builder);
  return builder;
}

export type Builder<Context extends RequestContext> = ReturnType<typeof createBuilder<Context>>;

const contact = new GraphQLDirective({
  name: 'contact',
  description: 'Who owns this subgraph, and with it every type that it defines.',
  locations: [DirectiveLocation.SCHEMA],
  args: {
    name: { type: new GraphQLNonNull(GraphQLString) },
    url: { type: GraphQLString },
    description: { type: GraphQLString },
  },
});

/**
 * The executable subgraph schema, with its owner on it.
 * @param owner the team's name and where to ask for it
 */
export function buildSubgraphSchema<Context extends RequestContext>(
  builder: Builder<Context>,
  owner: { name: string; description: string },
): GraphQLSchema {
  return builder.toSubGraphSchema({
    linkUrl: FEDERATION,
    // Without the specified ones the domain would refuse `@include` and `@skip`.
    directives: [...specifiedDirectives, contact],
    extensions: { directives: [{ name: 'contact', args: owner }] },
  });
}

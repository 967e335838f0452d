import { buildSubgraphSchema } from '@apollo/subgraph';
import { serve } from '@community/testing/serve';
import { type GraphQLFieldResolver, graphql, parse } from 'graphql';

export type ServedSubgraph = Awaited<ReturnType<typeof serve>>;

/** A subgraph that answers queries and mutations over HTTP. */
export async function serveSubgraph(
  sdl: string,
  resolvers: Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>>,
): Promise<ServedSubgraph> {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  return serve(async (request, response) => {
    const { query, variables } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      query: string;
      variables: Record<string, unknown>;
    };
    const body = await graphql({ schema, source: query, variableValues: variables });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
}

import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql';

const SUGGESTION = / Did you mean .*$/s;

/**
 * How an error asks to be answered. What is no request at all gets its status with every media type (GraphQL over HTTP,
 * section 6.4.1), which the runtime would do with `application/graphql-response+json` alone.
 */
function httpOf({ code, http }: GraphQLErrorExtensions): object {
  if (!http) return {};
  if (code !== 'BAD_REQUEST') return { http };
  const { spec: _, ...always } = http as { spec?: boolean };
  return { http: always };
}

/** What of an error's extensions a client may know. */
function publicExtensions({ extensions = {} }: GraphQLError): Record<string, unknown> {
  const { code } = extensions;
  return { code: typeof code === 'string' ? code : 'BAD_REQUEST', ...httpOf(extensions) };
}

/** Tells of an error only what clients may know: words, place, path and code. */
export function maskError(error: unknown): GraphQLError {
  const known = error instanceof GraphQLError || (error instanceof Error && error.name === 'GraphQLError');
  const given = error as GraphQLError;
  // An error that something else caused is a bug of ours, unless a part of the graph said it.
  if (!known || (given.originalError && !('extensions' in given.originalError) && !given.extensions?.code)) {
    return new GraphQLError('Something went wrong here. It was recorded.', {
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  }
  if (given.extensions?.code === 'DOWNSTREAM_SERVICE_ERROR') {
    return new GraphQLError('A part of the graph does not answer at the moment. Try again.', {
      path: given.path,
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  }
  return new GraphQLError(given.message, {
    nodes: given.nodes,
    source: given.source,
    positions: given.positions,
    path: given.path,
    extensions: publicExtensions(given),
  });
}

/** Leaves out of validation errors which names there are; where introspection is off, they are nobody's business. */
export function useNoSuggestions(): GatewayPlugin {
  return {
    onValidate() {
      return ({ result, setResult }) => {
        if (result.length === 0) return;
        setResult(
          result.map(
            (error) =>
              new GraphQLError(error.message.replace(SUGGESTION, ''), {
                nodes: error.nodes,
                extensions: error.extensions,
              }),
          ),
        );
      };
    },
  };
}

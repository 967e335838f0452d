import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from './log.ts';
import { ServiceUnavailableError } from './service-client.ts';

/** Removes what a client must not see: only errors that say something to clients keep their words. */
export function formatError(log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    if (original instanceof ServiceUnavailableError) {
      return {
        ...formatted,
        message: 'A part of the platform does not answer at the moment. Try again.',
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      };
    }
    if (original instanceof GraphQLError)
      return { ...formatted, extensions: { code: formatted.extensions?.code ?? 'BAD_USER_INPUT' } };
    log.error({ err: original }, 'a resolver failed');
    return {
      ...formatted,
      message: 'Something went wrong here. It was recorded.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
  };
}

import { ApolloServer, HeaderMap } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { RequestContext } from './context.ts';
import { graphqlError, type HttpAnswer, type HttpHandler, header, readJson } from './http.ts';
import { newId } from './ids.ts';
import type { Logger } from './log.ts';
import type { MemberTokenVerifier } from './member-token.ts';
import { graphqlOperationDuration, operationLabel } from './metrics.ts';
import { type RequestScope, runInRequestScope } from './request-scope.ts';
import { secretsMatch } from './secret.ts';
import { ServiceUnavailableError } from './service-client.ts';
import { traceIdOf } from './trace.ts';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Removes what a client must not see: only errors that say something to clients keep their words. */
function formatError(log: Logger) {
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

/**
 * The `/graphql` route of a subgraph: it answers only who carries the router's secret, verifies the member's token
 * itself, and gives each request its context, its request id and its trace id.
 */
export async function createGraphqlHandler<Context extends RequestContext>(options: {
  schema: GraphQLSchema;
  log: Logger;
  routerSecret: string;
  tokens: MemberTokenVerifier;
  context: (request: RequestContext) => Context;
}): Promise<{ handler: HttpHandler; stop(): Promise<void> }> {
  const { log } = options;
  const server = new ApolloServer<Context>({
    schema: options.schema,
    // Only the router gets this far, and it has checked these things; an owner introspects with the router's secret.
    csrfPrevention: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: formatError(log),
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      {
        async requestDidStart() {
          const start = process.hrtime.bigint();
          return {
            async willSendResponse({ operationName, response }) {
              const failed = response.body.kind === 'single' && response.body.singleResult.errors?.length;
              const seconds = Number(process.hrtime.bigint() - start) / 1e9;
              graphqlOperationDuration.observe(
                { operation: operationLabel(operationName), outcome: failed ? 'error' : 'ok' },
                seconds,
              );
            },
          };
        },
      },
    ],
  });
  await server.start();

  async function execute(
    request: Parameters<HttpHandler>[0],
    search: string,
    scope: RequestScope,
  ): Promise<HttpAnswer> {
    const authorization = header(request, 'authorization');
    const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
    const member = token ? await options.tokens.verify(token) : null;
    if (authorization && !member) {
      return graphqlError(
        401,
        'UNAUTHENTICATED',
        'The access token is not valid or has expired. Refresh the session or sign in.',
      );
    }
    const headers = new HeaderMap();
    for (const name of ['content-type', 'accept']) {
      const value = header(request, name);
      if (value) headers.set(name, value);
    }
    const base: RequestContext = {
      member,
      requestId: scope.requestId,
      traceId: scope.traceId,
      clientAddress: header(request, 'x-client-address') ?? '',
      client: {
        name: header(request, 'apollographql-client-name') ?? '',
        version: header(request, 'apollographql-client-version') ?? '',
      },
    };
    const answer = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method ?? 'POST', headers, search, body: await readJson(request) },
      context: async () => options.context(base),
    });
    if (answer.body.kind !== 'complete')
      throw new Error('incremental delivery is not used between router and subgraphs');
    return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: answer.body.string };
  }

  return {
    async handler(request, _path, search) {
      if (!secretsMatch(header(request, 'x-router-secret'), options.routerSecret)) {
        return graphqlError(403, 'FORBIDDEN', 'This subgraph answers the router only. Send your query to the router.');
      }
      const requestId = header(request, 'x-request-id');
      const scope: RequestScope = {
        requestId: requestId && REQUEST_ID.test(requestId) ? requestId : newId(),
        traceId: traceIdOf(header(request, 'traceparent')),
        sqlStatements: 0,
      };
      return runInRequestScope(scope, async () => {
        const start = process.hrtime.bigint();
        const answer = await execute(request, search, scope);
        log.debug(
          {
            status: answer.status,
            ms: Number(process.hrtime.bigint() - start) / 1e6,
            sqlStatements: scope.sqlStatements,
          },
          'request',
        );
        return answer;
      });
    },
    stop: () => server.stop(),
  };
}

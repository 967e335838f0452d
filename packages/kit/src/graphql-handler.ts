import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import {
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationTypeNode,
  parse,
} from 'graphql';
import { AUDIENCE_HEADER, PERSONAL, WRITTEN } from './audience.ts';
import type { RequestContext } from './context.ts';
import { formatError } from './graphql-errors.ts';
import { type GraphqlRequest, readGraphqlRequest } from './graphql-request.ts';
import { graphqlError, type HttpAnswer, type HttpHandler, header, readJson } from './http.ts';
import type { Logger } from './log.ts';
import type { MemberTokenVerifier } from './member-token.ts';
import { graphqlOperationDuration, operationLabel } from './metrics.ts';
import { holdsNul, mayHoldNul } from './nul.ts';
import { createOrdinaryOperations } from './ordinary-operations.ts';
import { bearerToken, requestContext, requestScope, TOKEN_REFUSED } from './request-headers.ts';
import { currentRequestScope, type RequestScope, runInRequestScope } from './request-scope.ts';
import { isInScope, type OperationType, outOfScope } from './scopes.ts';
import { secretsMatch } from './secret.ts';

const RESPONSE_TYPE = 'application/graphql-response+json';

/** What a request asks for; a query where that cannot be told, as nothing is carried out then. */
function operationOf({ query, operationName }: GraphqlRequest): OperationType {
  try {
    return getOperationAST(parse(query), operationName)?.operation ?? 'query';
  } catch {
    return 'query';
  }
}

/** A response as clients read it: what went wrong first. */
const textOf = ({ errors, data, extensions }: FormattedExecutionResult): string =>
  JSON.stringify({ errors, data, extensions });

/**
 * The `/graphql` route of a subgraph: it answers only who carries the router's secret, verifies the member's token
 * itself, and gives each request its context, its request id and its trace id.
 */
export async function createGraphqlHandler<Context extends RequestContext>(options: {
  /** The domain's name, which scopes of API tokens begin with. */
  domain: string;
  schema: GraphQLSchema;
  log: Logger;
  routerSecret: string;
  tokens: MemberTokenVerifier;
  context: (request: RequestContext) => Context;
  /** Whether answers that are not personal may be shared. */
  hasAudience?: boolean;
}): Promise<{ handler: HttpHandler; stop(): Promise<void> }> {
  const { log, schema } = options;
  const format = formatError(log);
  const perform = createOrdinaryOperations<Context>(schema, format);

  /** Notes what an operation took. @returns the value of the header that says who else may be given its answer */
  function close(start: bigint, failed: boolean, name: string | null | undefined, type?: OperationTypeNode): string {
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    graphqlOperationDuration.observe({ operation: operationLabel(name), outcome: failed ? 'error' : 'ok' }, seconds);
    if (type === 'mutation') return WRITTEN;
    const isPersonal = failed || !options.hasAudience || (currentRequestScope()?.isPersonal ?? true);
    return isPersonal ? PERSONAL : options.domain;
  }

  // It says what is wrong with operations that cannot be carried out.
  const server = new ApolloServer<Context>({
    schema,
    // Only the router gets this far, and it has checked these things; an owner introspects with the router's secret.
    csrfPrevention: false,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: format,
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
            async didResolveOperation({ request }) {
              if (holdsNul(request.variables) || mayHoldNul(request.query ?? ''))
                throw new GraphQLError('A text must not hold the character U+0000: leave it out.', {
                  extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
                });
            },
            async willSendResponse({ operationName, operation, response }) {
              const failed = response.body.kind === 'single' && Boolean(response.body.singleResult.errors?.length);
              const audience = close(start, failed, operationName, operation?.operation);
              response.http.headers.set(AUDIENCE_HEADER, audience);
            },
          };
        },
      },
    ],
  });
  await server.start();

  async function execute(request: Parameters<HttpHandler>[0], scope: RequestScope): Promise<HttpAnswer> {
    const authorization = header(request, 'authorization');
    const token = bearerToken(authorization);
    const member = token ? await options.tokens.verify(token) : null;
    if (authorization && !member) return graphqlError(401, 'UNAUTHENTICATED', TOKEN_REFUSED);
    const asked = readGraphqlRequest(await readJson(request));
    const operation = member?.scopes ? operationOf(asked) : 'query';
    const inScope = !member || isInScope(member, options.domain, operation);
    if (!inScope && operation === 'mutation')
      return graphqlError(403, 'INSUFFICIENT_SCOPE', outOfScope(options.domain, operation));
    // What everybody may read needs no scope: a token that lacks it reads as everybody does.
    const base = requestContext((name) => header(request, name), inScope ? member : null, scope);
    const contextValue = options.context(base);
    const type = header(request, 'accept')?.includes(RESPONSE_TYPE) ? RESPONSE_TYPE : 'application/json';
    const start = process.hrtime.bigint();
    const answered = await perform(asked, contextValue);
    if (answered) {
      const { operation, result } = answered;
      const audience = close(start, result.errors !== undefined, operation.name?.value, operation.operation);
      return {
        status: 200,
        headers: { 'content-type': `${type}; charset=utf-8`, [AUDIENCE_HEADER]: audience },
        body: textOf(result),
      };
    }
    const { http, body } = await server.executeOperation(asked, { contextValue });
    if (body.kind !== 'single') throw new Error('incremental delivery is not used between router and subgraphs');
    return {
      status: http.status ?? 200,
      headers: { 'content-type': `${type}; charset=utf-8`, ...Object.fromEntries(http.headers) },
      body: textOf(body.singleResult),
    };
  }

  return {
    async handler(request) {
      if (!secretsMatch(header(request, 'x-router-secret'), options.routerSecret)) {
        return graphqlError(403, 'FORBIDDEN', 'This subgraph answers the router only. Send your query to the router.');
      }
      if (request.method !== 'POST') return graphqlError(405, 'BAD_REQUEST', 'Send operations by POST.');
      const scope = requestScope((name) => header(request, name));
      return runInRequestScope(scope, async () => {
        const start = process.hrtime.bigint();
        const answer = await execute(request, scope);
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

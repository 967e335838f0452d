import type { IncomingMessage } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql';
import { handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import type { RequestContext } from './context.ts';
import { formatError } from './graphql-errors.ts';
import { header, type UpgradeHandler } from './http.ts';
import { closeSockets, createHeartbeat, serveSocket } from './live-socket.ts';
import type { Logger } from './log.ts';
import type { MemberTokenVerifier } from './member-token.ts';
import { graphqlOperationDuration, liveEventsTotal, liveStreamsOpen, operationLabel } from './metrics.ts';
import { bearerToken, type ReadHeader, requestContext, requestScope, TOKEN_REFUSED } from './request-headers.ts';
import { runInRequestScope } from './request-scope.ts';
import { createResponseStream } from './response-stream.ts';
import { isInScope, outOfScope } from './scopes.ts';
import { secretsMatch } from './secret.ts';

const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Streams of one process; a connection of a router carries those of all its members. */
const MAX_STREAMS = 100_000;
/** A burst for thousands of streams on one connection is not slowness; a router that reads nothing is. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

const withHeaders = z.object({ headers: z.record(z.string(), z.unknown()) });

interface Extra extends Record<PropertyKey, unknown> {
  readonly request: IncomingMessage;
}

interface Subscribing {
  readonly payload: SubscribePayload;
  readonly read: ReadHeader;
}

/** Reads headers as messages carry them: in `headers`, or beside each other; the first message that has one wins. */
function headersOf(...messages: (Record<string, unknown> | null | undefined)[]): ReadHeader {
  const sources = messages.flatMap((message) => [withHeaders.safeParse(message).data?.headers, message ?? undefined]);
  return (name) => sources.map((source) => source?.[name]).find((value) => typeof value === 'string');
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

const ENDED: FormattedExecutionResult = {
  errors: [{ message: 'The session has ended. Sign in again.', extensions: { code: 'UNAUTHENTICATED' } }],
};

const withCode = (error: GraphQLError, code: string) =>
  new GraphQLError(error.message, { ...error, originalError: error, extensions: { code } });

/** The subscription that a client sends, or what is wrong with it. */
function readOperation(schema: GraphQLSchema, payload: SubscribePayload): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(payload.query);
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
    throw error;
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  if (getOperationAST(document, payload.operationName)?.operation === 'subscription') return document;
  return [
    refusal('BAD_REQUEST', 'This connection carries subscriptions only. Send queries and mutations by HTTP POST.'),
  ];
}

/**
 * Serves a subgraph's subscriptions by WebSocket (`graphql-transport-ws`), to the router only, which carries the streams of
 * all members over one connection: the router's secret comes with the connection (a header of the upgrade, or
 * `x-router-secret` in `connection_init`), the member's token with each operation (`extensions.headers.authorization`),
 * or with `connection_init` from engines that open a connection for each identity.
 *
 * The token is verified when a stream begins. From then on the stream belongs to the session: it outlives the token, and
 * ends, with an error of the code UNAUTHENTICATED, with the session.
 */
export function createSubscriptions<Context extends RequestContext>(options: {
  /** The domain's name, which scopes of API tokens begin with. */
  domain: string;
  schema: GraphQLSchema;
  log: Logger;
  routerSecret: string;
  tokens: Pick<MemberTokenVerifier, 'follow'>;
  context: (request: RequestContext) => Context;
}): { upgrade: UpgradeHandler; streams(): string[]; stop(): Promise<void> } {
  const { schema, tokens } = options;
  const format = formatError(options.log);
  const mask = ({ errors, ...result }: ExecutionResult): FormattedExecutionResult =>
    errors ? { ...result, errors: errors.map((error) => format(error.toJSON(), error)) } : result;
  const failed = (error: unknown): ExecutionResult => ({
    // A path makes it an error of a resolver, whose words do not reach clients.
    errors: [error instanceof GraphQLError ? error : new GraphQLError('', { path: [], originalError: error as Error })],
  });
  const open = new Map<object, string>();
  let stopping = false;

  async function subscribe(document: DocumentNode, payload: SubscribePayload, read: ReadHeader) {
    const { operationName, variables: variableValues } = payload;
    const operation = { schema, document, operationName, variableValues };
    const label = operationLabel(getOperationAST(document, operationName)?.name?.value);
    const { requestId } = requestScope(read);

    let end: (() => void) | undefined;
    let ended = false;
    const token = bearerToken(read('authorization'));
    const session = token
      ? await tokens.follow(token, () => {
          ended = true;
          end?.();
        })
      : null;
    if (read('authorization') && !session) return mask({ errors: [refusal('UNAUTHENTICATED', TOKEN_REFUSED)] });
    if (session && !isInScope(session.member, options.domain, 'subscription')) {
      session.stop();
      return mask({ errors: [refusal('INSUFFICIENT_SCOPE', outOfScope(options.domain, 'subscription'))] });
    }

    /** Each event is a request of its own: its loaders remember nothing of the event before. */
    function inScope<T>(work: (contextValue: Context) => Promise<T>): Promise<T> {
      const scope = { ...requestScope(read), requestId };
      return runInRequestScope(scope, () =>
        work(options.context(requestContext(read, session?.member ?? null, scope))),
      );
    }

    const source = await inScope(async (contextValue) => {
      const opened = await createSourceEventStream({ ...operation, contextValue }).catch(failed);
      return Symbol.asyncIterator in opened ? opened : mask(opened);
    });
    if (!(Symbol.asyncIterator in source)) {
      session?.stop();
      return source;
    }
    const key = {};
    open.set(key, requestId);
    liveStreamsOpen.inc();
    const responses = createResponseStream(
      source,
      (rootValue) =>
        inScope(async (contextValue) => {
          const start = performance.now();
          const result = await execute({ ...operation, rootValue, contextValue });
          const outcome = result.errors ? 'error' : 'ok';
          graphqlOperationDuration.observe({ operation: label, outcome }, (performance.now() - start) / 1_000);
          liveEventsTotal.inc();
          return mask(result);
        }),
      (error) => mask(failed(error)),
      () => {
        session?.stop();
        open.delete(key);
        liveStreamsOpen.dec();
      },
    );
    end = () => responses.end(ENDED);
    if (ended) end();
    return responses;
  }

  const server = makeServer<Record<string, unknown>, Extra>({
    onConnect({ connectionParams, extra }) {
      const secret = header(extra.request, 'x-router-secret') ?? headersOf(connectionParams)('x-router-secret');
      return secretsMatch(secret, options.routerSecret);
    },
    onSubscribe({ connectionParams }, _id, payload) {
      if (open.size >= MAX_STREAMS)
        return [refusal('TOO_MANY_SUBSCRIPTIONS', 'This instance carries no more subscriptions. Try again.')];
      const document = readOperation(schema, payload);
      if (!('kind' in document)) return document;
      const read = headersOf(payload.extensions, connectionParams);
      return { schema, document, contextValue: { payload, read } satisfies Subscribing };
    },
    // The types of the library speak of errors before they are formatted; `onNext` hands ours on as they are.
    subscribe: ({ document, contextValue }) => {
      const { payload, read } = contextValue as Subscribing;
      return subscribe(document, payload, read) as Promise<AsyncGenerator<ExecutionResult>>;
    },
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.map((error) => format(error as GraphQLFormattedError, error)),
  });
  const heartbeat = createHeartbeat();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });

  return {
    upgrade(request, socket, head) {
      if (stopping || (request.url ?? '').split('?')[0] !== '/graphql') {
        socket.end(`HTTP/1.1 ${stopping ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`);
        return;
      }
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        heartbeat.add(webSocket);
        serveSocket(server, webSocket, { request }, MAX_BUFFERED_BYTES);
      });
    },
    streams: () => [...open.values()],
    async stop() {
      stopping = true;
      heartbeat.stop();
      await closeSockets(sockets.clients, 'This instance stops: subscribe again');
    },
  };
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeSockets, createHeartbeat, sendBounded, serveSocket } from '@community/kit/live-socket';
import { type ExecutionResult, GraphQLError, Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Admit } from '../front-door.ts';
import type { Hub } from './hub.ts';
import { paramsSchema } from './operation.ts';
import { headersOfSocket, singleHeaders } from './socket-headers.ts';

/** What one client may ask of its WebSocket. */
const SOCKET_LIMITS = {
  operations: 100,
  messageBytes: 1024 * 1024,
  /** What a client that reads too slowly may have waiting for it. */
  bufferedBytes: 1024 * 1024,
} as const;
/** Over how long sockets are closed by a process that stops, so that their clients do not all come again at once. */
const DRAIN_MS = 800;
const TOO_MANY_OPERATIONS = {
  code: 'TOO_MANY_SUBSCRIPTIONS',
  message: `A connection may carry ${SOCKET_LIMITS.operations} operations at a time: end some, or select more in one.`,
} as const;
/** "Service restart" (IANA's registry of close codes): clients of the protocol connect again by themselves. */
const LOST = { code: 1012, reason: 'The graph was lost: connect again' } as const;
const INIT_BYTES = 10_000;
const INIT_MS = 3_000;

interface Extra extends Record<PropertyKey, unknown> {
  readonly socket: WebSocket;
  readonly admit: Admit;
  /** The upgrade's headers, and what `connection_init` said instead. */
  headers: Record<string, string>;
}

const refusal = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

/** The protocol's server wants a document to tell streams from single results; what it executes is not this. */
const STREAM: OperationDefinitionNode = {
  kind: Kind.OPERATION_DEFINITION,
  operation: OperationTypeNode.SUBSCRIPTION,
  selectionSet: { kind: Kind.SELECTION_SET, selections: [] },
};

/** Serves clients' operations over WebSocket by the `graphql-transport-ws` protocol. */
export function createSockets(hub: Hub) {
  /** Delivers by itself, past the protocol's server, and is here for that to know when the stream ends. */
  function stream(id: string, { socket, headers }: Extra, payload: unknown): AsyncIterableIterator<ExecutionResult> {
    const done = { value: undefined, done: true } as const;
    let finish: (result: typeof done) => void = () => {};
    const finished = new Promise<typeof done>((resolve) => {
      finish = resolve;
    });
    const prefix = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    const leave = hub.join(
      { params: paramsSchema.parse(payload), headers },
      {
        next: (result) => sendBounded(socket, `${prefix}${result}}`, SOCKET_LIMITS.bufferedBytes),
        complete: () => finish(done),
        lost: () => socket.close(LOST.code, LOST.reason),
      },
    );
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => finished,
      async return() {
        leave();
        finish(done);
        return done;
      },
    };
  }

  const server = makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_MS,
    onConnect({ connectionParams, extra }) {
      extra.headers = headersOfSocket(extra.headers, connectionParams);
    },
    async onSubscribe({ extra, subscriptions }, id, payload) {
      const refused =
        Object.keys(subscriptions).length > SOCKET_LIMITS.operations
          ? TOO_MANY_OPERATIONS
          : await extra.admit(extra.headers.authorization);
      if (refused) return [refusal(refused.code, refused.message)];
      if (!paramsSchema.safeParse(payload).success)
        return [refusal('BAD_REQUEST', 'The operation must have a query or a documentId, and variables as an object.')];
      return {
        document: { kind: Kind.DOCUMENT, definitions: [STREAM] },
        contextValue: () => stream(id, extra, payload),
      } as never;
    },
    subscribe: ({ contextValue }) => (contextValue as () => AsyncGenerator<ExecutionResult>)(),
  });
  const heartbeat = createHeartbeat();
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_LIMITS.messageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): void {
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        heartbeat.add(webSocket);
        webSocket.once('message', (data: Buffer) => {
          if (data.length > INIT_BYTES)
            webSocket.close(CloseCode.BadRequest, `The first message may have ${INIT_BYTES} bytes`);
        });
        const headers = singleHeaders(request.headers);
        serveSocket(server, webSocket, { socket: webSocket, admit, headers }, SOCKET_LIMITS.bufferedBytes);
      });
    },
    async stop(): Promise<void> {
      heartbeat.stop();
      const sockets = [...webSockets.clients];
      await Promise.all(
        sockets.map(async (socket) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * DRAIN_MS));
          await closeSockets([socket], 'This server stops: connect again');
        }),
      );
    },
  };
}

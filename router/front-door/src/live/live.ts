import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Admit } from '../front-door.ts';
import type { PersistedDocuments } from '../persisted-documents.ts';
import { createHttpStreams } from './http-streams.ts';
import { createHub, type Execute } from './hub.ts';
import { createOperations, type LiveOperation } from './operation.ts';
import { createSockets } from './sockets.ts';

/**
 * Serves live streams to clients, by WebSocket, Server-Sent Events and multipart, whatever engine executes them.
 * @param sharedBy the headers on which depends what a client is sent, or what is reported of it
 * @param onJoin called for each client that joins a stream which another has opened
 */
export function createLive(options: {
  documents: PersistedDocuments;
  sharedBy: readonly string[];
  execute: Execute;
  onJoin?: (first: LiveOperation, joining: LiveOperation) => void;
}) {
  const operations = createOperations(options.documents, options.sharedBy);
  const hub = createHub({ operations, execute: options.execute, onJoin: options.onJoin });
  const sockets = createSockets(hub);
  const httpStreams = createHttpStreams(hub, operations);
  return {
    /** @param next answers what is no subscription */
    handle: (request: IncomingMessage, response: ServerResponse, next: () => void): void =>
      httpStreams.handle(request, response, next),
    /** Takes a WebSocket. @param admit says whether its client may send one more operation */
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): void =>
      sockets.upgrade(request, socket, head, admit),
    /** Sends the clients of live streams elsewhere. */
    async drain(): Promise<void> {
      httpStreams.stop();
      await sockets.stop();
    },
  };
}

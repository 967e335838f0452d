import type { Server } from 'graphql-ws';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { liveSocketsCutTotal, liveSocketsOpen } from './metrics.ts';

/** How often a silent peer is asked whether it is there, in seconds. Idle sockets cost by how often they are pinged. */
const PING_SECONDS = 28;

/** What a peer is told that does not take what it asked for; 4408 is in the range that applications may use (RFC 6455). */
export const TOO_SLOW = { code: 4408, reason: 'Too slow: what was sent to you was not read in time' };

/**
 * Pings sockets, each at its own second so that thousands are not pinged at once, and ends those that did not answer the
 * ping before.
 */
export function createHeartbeat() {
  const turns = Array.from({ length: PING_SECONDS }, () => new Map<WebSocket, boolean>());
  let [second, added] = [0, 0];
  const timer = setInterval(() => {
    second = (second + 1) % PING_SECONDS;
    for (const [socket, answered] of turns[second] ?? []) {
      if (!answered) {
        liveSocketsCutTotal.inc({ reason: 'silent' });
        socket.terminate();
        continue;
      }
      turns[second]?.set(socket, false);
      socket.ping();
    }
  }, 1_000);
  timer.unref();
  return {
    add(socket: WebSocket): void {
      added = (added + 1) % PING_SECONDS;
      const turn = turns[added];
      turn?.set(socket, true);
      socket.on('pong', () => turn?.set(socket, true));
      socket.once('close', () => turn?.delete(socket));
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Sends a text, or cuts the peer off when what it has not read yet passes the bound: one that does not read must not
 * fill this process' memory.
 */
export function sendBounded(socket: WebSocket, text: string, maxBufferedBytes: number): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > maxBufferedBytes) {
    liveSocketsCutTotal.inc({ reason: 'slow' });
    socket.close(TOO_SLOW.code, TOO_SLOW.reason);
    // The close frame waits behind all that was not read.
    setTimeout(() => socket.terminate(), 1_000).unref();
    return;
  }
  socket.send(text);
}

/**
 * Lets a server of the `graphql-transport-ws` protocol speak over a socket.
 * @param extra what the server's hooks get to know of the connection
 */
export function serveSocket<Extra extends Record<PropertyKey, unknown>>(
  server: Server<Extra>,
  socket: WebSocket,
  extra: Extra,
  maxBufferedBytes: number,
): void {
  liveSocketsOpen.inc();
  // `ws` has closed it, with the code for what was wrong: a frame that is none (1002), not UTF-8 (1007), too large (1009).
  socket.on('error', () => {});
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: async (text) => sendBounded(socket, text, maxBufferedBytes),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) => {
        socket.on('message', (data) => {
          receive(String(data)).catch(() => socket.close(CloseCode.BadRequest, 'Invalid message received'));
        });
      },
    },
    extra,
  );
  socket.once('close', (code, reason) => {
    liveSocketsOpen.dec();
    void closed(code, String(reason));
  });
}

/** Asks clients to go to another instance, and waits a moment for them. */
export async function closeSockets(sockets: Iterable<WebSocket>, reason: string): Promise<void> {
  await Promise.all(
    [...sockets].map(
      (socket) =>
        new Promise<void>((resolve) => {
          if (socket.readyState === socket.CLOSED) return resolve();
          const impatient = setTimeout(() => socket.terminate(), 1_000);
          socket.once('close', () => {
            clearTimeout(impatient);
            resolve();
          });
          socket.close(1001, reason);
        }),
    ),
  );
}

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeSockets, createHeartbeat, TOO_SLOW } from '@community/kit/live-socket';
import { liveSocketsCutTotal, liveSocketsOpen } from '@community/kit/metrics';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { PROPAGATED, unshared } from './engine-settings.ts';
import type { Admit } from './front-door.ts';
import type { OperationGuard } from './operation-guard.ts';
import { PLACE_HEADER } from './override-labels.ts';
import { DRAIN_MS, headersOfSocket, SOCKET_LIMITS, singleHeaders, TOO_MANY_OPERATIONS } from './socket.ts';

/** The protocol that clients and engines speak (graphql-ws, PROTOCOL.md). */
const PROTOCOL = 'graphql-transport-ws';
/** From so much waiting for a client on the engine is not read until she has taken some of it. */
const PAUSED_BYTES = 256 * 1024;
const CHECK_MS = 50;
/** Codes that only a closed connection itself may have (RFC 6455, section 7.4.1). */
const SILENT_CODES = new Set([1005, 1006, 1015]);
/** What of a client the engine is told. */
const TOLD = new Set([...PROPAGATED, PLACE_HEADER]);
/** Whether a message may end an operation; what data hold may look so, too. */
const MAY_END = /"type":\s*"(?:complete|error)"/;

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init'), payload: z.unknown() }),
  z.object({
    type: z.literal('subscribe'),
    id: z.string(),
    payload: z.looseObject({ extensions: z.record(z.string(), z.unknown()).nullish() }),
  }),
  z.object({ type: z.literal('complete'), id: z.string() }),
  z.object({ type: z.literal('error'), id: z.string() }),
]);

/** @returns nothing of messages that the engine alone needs to understand */
function read(text: string): z.infer<typeof messageSchema> | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const closeOther = (other: WebSocket, code: number, reason: Buffer): void => {
  if (other.readyState === WebSocket.CONNECTING) other.terminate();
  else if (SILENT_CODES.has(code)) other.close(code === 1006 ? 1011 : 1000);
  else other.close(code, reason);
};

/**
 * Relays WebSockets to an engine in another process, message by message: `connection_init` says what is known of the
 * client and not what it says, each operation is counted before it is passed on, and what a client does not take is not
 * read from the engine.
 * @param url where the engine takes GraphQL over HTTP
 * @param guard keeps from it what it would not survive
 */
export function createRelay(url: string, guard: OperationGuard) {
  const address = url.replace(/^http/, 'ws');
  const heartbeat = createHeartbeat();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_LIMITS.messageBytes,
    perMessageDeflate: false,
    handleProtocols: (protocols) => (protocols.has(PROTOCOL) ? PROTOCOL : false),
  });

  function relay(client: WebSocket, upgrade: Record<string, string>, admit: Admit): void {
    const engine = new WebSocket(address, PROTOCOL, { perMessageDeflate: false, maxPayload: 0 });
    const operations = new Set<string>();
    let headers = upgrade;
    /** In their order, however long one takes to be admitted. */
    let turn: Promise<void> = new Promise((resolve) => engine.once('open', () => resolve()));

    /** @returns the message as the engine is told it, nothing when it is not */
    async function admitted(text: string): Promise<string | undefined> {
      const message = read(text);
      if (message?.type === 'connection_init') {
        headers = headersOfSocket(upgrade, message.payload);
        const known = Object.entries(headers).filter(([name]) => TOLD.has(name));
        return JSON.stringify({ type: 'connection_init', payload: Object.fromEntries(known) });
      }
      if (message?.type === 'complete') operations.delete(message.id);
      if (message?.type !== 'subscribe') return text;
      const refused =
        operations.size >= SOCKET_LIMITS.operations
          ? TOO_MANY_OPERATIONS
          : ((await admit(headers.authorization)) ?? guard.check(message.payload));
      if (refused) {
        const errors = [{ message: refused.message, extensions: { code: refused.code } }];
        client.send(JSON.stringify({ id: message.id, type: 'error', payload: errors }));
        return undefined;
      }
      operations.add(message.id);
      if (headers.authorization === undefined) return text;
      const extensions = { ...message.payload.extensions, ...unshared() };
      return JSON.stringify({ ...message, payload: { ...message.payload, extensions } });
    }

    client.on('message', (data) => {
      turn = turn
        .then(async () => {
          const text = await admitted(String(data));
          if (text !== undefined && engine.readyState === WebSocket.OPEN) engine.send(text);
        })
        .catch(() => client.close(1011, 'Something went wrong here'));
    });
    engine.on('message', (data) => {
      if (client.readyState !== WebSocket.OPEN) return;
      if (client.bufferedAmount > SOCKET_LIMITS.bufferedBytes) {
        liveSocketsCutTotal.inc({ reason: 'slow' });
        client.close(TOO_SLOW.code, TOO_SLOW.reason);
        setTimeout(() => client.terminate(), 1_000).unref();
        return;
      }
      const text = String(data);
      if (MAY_END.test(text)) {
        const message = read(text);
        if (message?.type === 'complete' || message?.type === 'error') operations.delete(message.id);
      }
      client.send(text);
      if (client.bufferedAmount > PAUSED_BYTES && !engine.isPaused) {
        engine.pause();
        const check = setInterval(() => {
          if (client.bufferedAmount > PAUSED_BYTES && client.readyState === WebSocket.OPEN) return;
          clearInterval(check);
          engine.resume();
        }, CHECK_MS);
        check.unref();
      }
    });
    // Closing follows each error.
    client.on('error', () => {});
    engine.on('error', () => {});
    client.once('close', (code, reason) => {
      liveSocketsOpen.dec();
      closeOther(engine, code, reason);
    });
    engine.once('close', (code, reason) => closeOther(client, code, reason));
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, admit: Admit): void {
      server.handleUpgrade(request, socket, head, (client) => {
        liveSocketsOpen.inc();
        heartbeat.add(client);
        relay(client, singleHeaders(request.headers), admit);
      });
    },
    /** Sends clients elsewhere. */
    async stop(): Promise<void> {
      heartbeat.stop();
      await Promise.all(
        [...server.clients].map(async (client) => {
          await new Promise((resolve) => setTimeout(resolve, Math.random() * DRAIN_MS));
          await closeSockets([client], 'The front door stops: connect again');
        }),
      );
    },
  };
}

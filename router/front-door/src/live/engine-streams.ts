import { Agent, type IncomingMessage, request as open } from 'node:http';
import type { Logger } from '@community/kit/log';
import { PROPAGATED } from '../engine-settings.ts';
import type { OperationGuard } from '../operation-guard.ts';
import { PLACE_HEADER } from '../override-labels.ts';
import { type Execute, encodeError, type Listener } from './hub.ts';
import type { LiveOperation } from './operation.ts';

/** Longer than an engine takes for an answer, and than it is silent in a stream. */
const SILENT_MS = 35_000;
/** What the engine must know of clients who share a stream, to find a document by its id and to report its use. */
export const SHARED_BY = ['authorization', 'apollographql-client-name', 'apollographql-client-version'] as const;
const TOLD = [...PROPAGATED, PLACE_HEADER];

/**
 * What the engine is told of who asks. Of a stream that anybody may join nothing that is one client's: it goes on for others
 * when that one has gone.
 */
function headersOf({ headers }: LiveOperation, isShared: boolean): Record<string, string> {
  const told = (isShared ? SHARED_BY : TOLD).flatMap((name): [string, string][] => {
    const value = headers[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(told);
}

/**
 * Reads Server-Sent Events of GraphQL (graphql-sse, PROTOCOL.md, distinct connections mode).
 * @returns what takes the pieces of a body; `complete` is told when the stream has said so
 */
function readEvents({ next, complete }: Pick<Listener, 'next' | 'complete'>): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const events = (rest + piece).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n');
      if (lines.includes('event: complete')) complete();
      const data = lines.find((line) => line.startsWith('data: '));
      if (data !== undefined && lines.includes('event: next')) next(data.slice('data: '.length));
    }
  };
}

/**
 * Executes operations, streams among them, at an engine in another process, each by a request of its own.
 * @param url where it takes GraphQL over HTTP
 * @param guard keeps from it what it would not survive
 */
export function createEngineStreams({
  url,
  guard,
  log,
}: {
  url: string;
  guard: OperationGuard;
  log: Pick<Logger, 'warn'>;
}): { execute: Execute; close(): void } {
  const agent = new Agent({ keepAlive: true });
  let isAway = false;

  const execute: Execute = (operation, listener, isShared) => {
    const refused = guard.check(operation.params);
    if (refused) {
      listener.next(encodeError(refused.code, refused.message));
      listener.complete();
      return () => {};
    }
    let ended = false;
    const complete = () => {
      ended = true;
      listener.complete();
    };
    const lost = (error?: Error) => {
      if (ended) return;
      ended = true;
      // Once, and not for each stream.
      if (!isAway) log.warn({ err: error }, 'the engine has ended streams that were not complete');
      isAway = true;
      listener.lost();
    };

    function receive(response: IncomingMessage): void {
      isAway = false;
      response.setEncoding('utf8');
      const type = response.headers['content-type'] ?? '';
      if (type.startsWith('text/event-stream')) response.on('data', readEvents({ next: listener.next, complete }));
      else {
        let text = '';
        response.on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => {
          listener.next(
            /\bjson\b/.test(type) ? text : encodeError('SERVICE_UNAVAILABLE', 'The graph does not answer. Try again.'),
          );
          complete();
        });
      }
      response.on('error', () => {});
      response.once('close', () => lost());
    }

    const request = open(url, {
      method: 'POST',
      agent,
      headers: {
        ...headersOf(operation, isShared),
        'content-type': 'application/json',
        accept: 'text/event-stream, application/json',
      },
      timeout: SILENT_MS,
    });
    request.once('response', receive);
    request.once('timeout', () => request.destroy());
    request.on('error', lost);
    request.end(JSON.stringify(operation.params));
    return () => {
      ended = true;
      request.destroy();
    };
  };

  return { execute, close: () => agent.destroy() };
}

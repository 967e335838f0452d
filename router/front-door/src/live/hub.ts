import { hasExpired } from '@community/kit/member-token';
import { liveEventsTotal, liveStreamsOpen } from '@community/kit/metrics';
import { bearerToken, TOKEN_REFUSED } from '@community/kit/request-headers';
import { Gauge } from 'prom-client';
import type { LiveOperation, Operations } from './operation.ts';

const sharedStreams = new Gauge({
  name: 'gateway_shared_streams_open',
  help: 'Subscriptions that are executed, each for all clients whose operations are equal',
});

/** Who gets what an operation gives: a client's end of a stream, or all that share one. */
export interface Listener {
  /** @param result a GraphQL result as JSON, encoded once for all who get it */
  next(result: string): void;
  complete(): void;
  /** The engine has gone: there may be more of it, for who asks again. */
  lost(): void;
}

/**
 * Executes an operation for a listener. It does not throw: what is wrong is a result.
 * @param isShared whether anybody may join it, now or later, who asks the same
 * @returns what ends it
 */
export type Execute = (operation: LiveOperation, listener: Listener, isShared: boolean) => () => void;

interface Stream {
  readonly operation: LiveOperation;
  readonly listeners: Set<Listener>;
  /** Whether its first result was given. */
  hasBegun(): boolean;
  end(): void;
}

/** A result, as JSON, that is nothing but an error. */
export const encodeError = (code: string, message: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });

/**
 * Holds the streams of all clients, by whichever protocol they came. Clients whose operations are equal share one
 * execution: it begins with the first, each event is executed and encoded once, and it ends with the last. A stream that
 * was opened with a member's token is joined until its first result only.
 * @param onJoin called for each client that joins a stream which another has opened
 */
export function createHub(options: {
  operations: Operations;
  execute: Execute;
  onJoin?: ((first: LiveOperation, joining: LiveOperation) => void) | undefined;
}) {
  const shared = new Map<string, Stream>();

  function open(operation: LiveOperation, key: string | undefined, isShared: boolean, first: Listener): Stream {
    let [begun, ended] = [false, false];
    const listeners = new Set([first]);

    function close(tell: (listener: Listener) => void): void {
      if (ended) return;
      ended = true;
      sharedStreams.dec();
      if (key !== undefined && shared.get(key) === stream) shared.delete(key);
      for (const listener of listeners) {
        liveStreamsOpen.dec();
        tell(listener);
      }
      listeners.clear();
    }

    const stream: Stream = {
      operation,
      listeners,
      hasBegun: () => begun,
      end() {
        close(() => {});
        stop();
      },
    };
    sharedStreams.inc();
    if (key !== undefined) shared.set(key, stream);
    const stop = options.execute(
      operation,
      {
        next(result) {
          if (ended) return;
          begun = true;
          liveEventsTotal.inc();
          for (const listener of listeners) listener.next(result);
        },
        complete: () => close((listener) => listener.complete()),
        lost: () => close((listener) => listener.lost()),
      },
      isShared,
    );
    return stream;
  }

  return {
    /**
     * Gives an operation's results to a listener, now or later.
     * @returns what ends it when the client wants no more; the listener hears nothing of it
     */
    join(operation: LiveOperation, listener: Listener): () => void {
      const token = bearerToken(operation.headers.authorization);
      // Who joins a stream is not verified again, and streams outlive the token that opened them.
      if (token && hasExpired(token)) {
        listener.next(encodeError('UNAUTHENTICATED', TOKEN_REFUSED));
        listener.complete();
        return () => {};
      }
      const key = options.operations.shareKey(operation);
      const known = key === undefined ? undefined : shared.get(key);
      // A member's stream may begin at a number that she has named: who joined it later would miss what it has given.
      const present = token && known?.hasBegun() ? undefined : known;
      liveStreamsOpen.inc();
      present?.listeners.add(listener);
      if (present) options.onJoin?.(present.operation, operation);
      const stream = present ?? open(operation, key, key !== undefined && !token, listener);
      return () => {
        if (!stream.listeners.delete(listener)) return;
        liveStreamsOpen.dec();
        if (stream.listeners.size === 0) stream.end();
      };
    },
  };
}

export type Hub = ReturnType<typeof createHub>;

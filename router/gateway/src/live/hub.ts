import { hasExpired } from '@community/kit/member-token';
import { liveEventsTotal, liveStreamsOpen } from '@community/kit/metrics';
import { bearerToken, TOKEN_REFUSED } from '@community/kit/request-headers';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import { Gauge } from 'prom-client';
import type { LiveOperation, Operations } from './operation.ts';

const sharedStreams = new Gauge({
  name: 'gateway_shared_streams_open',
  help: 'Subscriptions that the gateway executes, each for all clients whose operations are equal',
});

/** A client's end of a stream. */
export interface Listener {
  /** @param result a GraphQL result as JSON, encoded once for all who get it */
  next(result: string): void;
  complete(): void;
}

interface Stream {
  readonly operation: LiveOperation;
  readonly listeners: Set<Listener>;
  readonly opened: Promise<void>;
  /** Whether its first result was given. */
  hasBegun(): boolean;
  end(): void;
}

type Answer = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

function encode(result: ExecutionResult): string {
  if (!result.errors) return JSON.stringify(result);
  const errors = result.errors.map((error): GraphQLFormattedError => {
    const formatted: GraphQLFormattedError = 'toJSON' in error ? error.toJSON() : error;
    // The status of an HTTP answer is for the server, not for clients.
    const { http: _, ...extensions } = formatted.extensions ?? {};
    return { ...formatted, extensions };
  });
  return JSON.stringify({ ...result, errors });
}

/** A result, as JSON, that is nothing but an error. */
export const encodeError = (code: string, message: string): string =>
  JSON.stringify({ errors: [{ message, extensions: { code } }] });

/**
 * Holds the streams of all clients, by whichever protocol they came. Clients whose operations are equal share one
 * execution: it begins with the first, each event is executed and encoded once, and it ends with the last. A stream that
 * was opened with a member's token is joined until its first result only.
 * @param execute gives results as clients may see them; it does not throw
 * @param onJoin called for each client that joins a stream which another has opened
 */
export function createHub(options: {
  operations: Operations;
  execute: (operation: LiveOperation) => Promise<Answer>;
  onJoin: (first: LiveOperation, joining: LiveOperation) => void;
}) {
  const shared = new Map<string, Stream>();

  function open(operation: LiveOperation, key: string | undefined): Stream {
    let source: AsyncIterableIterator<ExecutionResult> | undefined;
    let [begun, ended] = [false, false];
    const listeners = new Set<Listener>();

    function end(): void {
      if (ended) return;
      ended = true;
      sharedStreams.dec();
      if (key !== undefined && shared.get(key) === stream) shared.delete(key);
      void Promise.resolve(source?.return?.()).catch(() => {});
      for (const listener of listeners) {
        liveStreamsOpen.dec();
        listener.complete();
      }
      listeners.clear();
    }

    function deliver(result: ExecutionResult): void {
      if (ended) return;
      begun = true;
      liveEventsTotal.inc();
      const text = encode(result);
      for (const listener of listeners) listener.next(text);
    }

    async function pump(answer: Answer): Promise<void> {
      if (!(Symbol.asyncIterator in answer)) deliver(answer);
      else if (ended) await answer.return?.();
      else {
        source = answer;
        for await (const result of answer) deliver(result);
      }
    }

    const executed = options.execute(operation);
    void executed.then(pump).then(end, end);
    const stream: Stream = { operation, listeners, opened: executed.then(() => {}), hasBegun: () => begun, end };
    sharedStreams.inc();
    if (key !== undefined) shared.set(key, stream);
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
      const stream = present ?? open(operation, key);
      if (present) void present.opened.then(() => options.onJoin(present.operation, operation));
      stream.listeners.add(listener);
      liveStreamsOpen.inc();
      return () => {
        if (!stream.listeners.delete(listener)) return;
        liveStreamsOpen.dec();
        if (stream.listeners.size === 0) stream.end();
      };
    },
  };
}

export type Hub = ReturnType<typeof createHub>;

import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from './wait.ts';

/** A result of a subscription; the test knows the shape of what it asked for. */
export interface LiveResult<Data> {
  readonly data: Data;
  readonly errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: { code?: string } }[];
}

/** A subscription as a client sees it, over a real socket. Iterating ends when the stream does. */
export interface LiveStream<Data> extends AsyncIterable<LiveResult<Data>>, AsyncDisposable {
  /** Everything that has come so far. */
  readonly received: readonly LiveResult<Data>[];
  /** The next result that was not asked for yet. @throws when the stream ends first, or nothing comes in 15 s */
  next(): Promise<LiveResult<Data>>;
  /** Resolves when the stream has ended: `complete`, or what the server closed it with. */
  readonly closed: Promise<'complete' | { readonly code: number; readonly reason: string } | Error>;
  /** Whether it has ended. */
  readonly ended: boolean;
  /** Unsubscribes. */
  stop(): void;
}

/**
 * Subscribes over a socket of its own (or `options.client`'s). Errors before the stream begins are its first result.
 * @param options.url of a `/graphql` that speaks `graphql-transport-ws`, as `http:` or `ws:`
 */
export function openStream<Data = Record<string, unknown>>(options: {
  url: string;
  operation: SubscribePayload;
  connectionParams?: Record<string, unknown>;
  headers?: Record<string, string>;
  client?: Client;
}): LiveStream<Data> {
  const client =
    options.client ??
    createClient({
      url: options.url.replace(/^http/, 'ws'),
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers: options.headers });
        }
      },
      connectionParams: options.connectionParams,
      retryAttempts: 0,
    });
  const received: LiveResult<Data>[] = [];
  let [taken, ended] = [0, false];
  let end: (how: Awaited<LiveStream<Data>['closed']>) => void = () => {};
  const closed = new Promise<Awaited<LiveStream<Data>['closed']>>((resolve) => {
    end = (how) => {
      ended = true;
      resolve(how);
    };
  });
  const unsubscribe = client.subscribe<Data>(options.operation, {
    next: (result) => received.push(result as LiveResult<Data>),
    complete: () => end('complete'),
    error(error) {
      if (Array.isArray(error)) {
        received.push({ errors: error } as unknown as LiveResult<Data>);
        end('complete');
      } else if (error instanceof Error) end(error);
      else {
        const { code, reason } = error as { code: number; reason: string };
        end({ code, reason });
      }
    },
  });
  const take = async () => {
    await until(() => received.length > taken || ended, 'a result of the subscription');
    return received[taken] === undefined ? undefined : received[taken++];
  };

  return {
    received,
    closed,
    get ended() {
      return ended;
    },
    async next() {
      const result = await take();
      if (!result) throw new Error(`the stream has ended: ${JSON.stringify(await closed)}`);
      return result;
    },
    stop: unsubscribe,
    async *[Symbol.asyncIterator]() {
      for (let result = await take(); result; result = await take()) yield result;
    },
    async [Symbol.asyncDispose]() {
      unsubscribe();
      if (!options.client) await client.dispose();
    },
  };
}

import { type Client, createClient } from 'graphql-ws';
import { isForGood, LiveError, liveErrorOf } from './live-error.ts';
import { pause, pauseMs } from './pause.ts';
import { createSequence } from './sequence.ts';

/** How long a server that says nothing is waited for before it is asked, and then for its answer. */
const PING_MS = 20_000;
const PONG_MS = 10_000;
/**
 * When, after subscribing, to fetch what the stream may have missed. The protocol does not say when a subscription has
 * begun, so that what happens meanwhile is found by the later ones.
 */
const CATCH_UP_MS = [0, 1_000, 10_000];
/** A stream that lasted this long was no failed attempt. */
const LASTING_MS = 5_000;

export interface LiveClientOptions {
  /**
   * Of the graph, as `wss:` or `ws:`. With `/graphql?anonymous` a page's cookies are not used, so that streams that are
   * opened by a grant are shared with those of other members.
   */
  readonly url: string;
  /** The access token, asked for at each connection; nothing for a page with cookies, or for streams opened by a grant. */
  readonly token?: () => string | undefined | Promise<string | undefined>;
  /** Refreshes the session when the server refuses the token. @returns whether it is worth another attempt */
  readonly refresh?: () => Promise<boolean>;
  /** The WebSocket to use where the platform has none (Node before 22). */
  readonly webSocketImpl?: unknown;
}

export interface FollowOptions<Event> {
  /** A subscription with one field, whose value is the event. */
  readonly document: string;
  /** Its variables, asked for at each attempt, for instance with a new grant. */
  readonly variables: () => Record<string, unknown> | Promise<Record<string, unknown>>;
  /** Events are numbered without gaps. */
  readonly numberOf: (event: Event) => number;
  /** The next events after a number, in order, a page at a time; none when there are no more. */
  readonly fetchAfter: (number: number) => Promise<readonly Event[]>;
  /** The number of the last event that is known already; 0 for none. */
  readonly after: number;
  /** Given every event once, in the order of their numbers; the next follows when it has resolved. */
  readonly onEvent: (event: Event) => void | Promise<void>;
  /** Told whether events come live at the moment, for instance to show that the connection is lost. */
  readonly onState?: (state: 'live' | 'waiting') => void;
}

/** A stream that is followed. */
export interface Following {
  /** Ends it. */
  stop(): void;
  /** Resolves when it was stopped; rejects with a `LiveError` when the server refuses it for good, or with what `onEvent` threw. */
  readonly done: Promise<void>;
}

export interface LiveClient {
  /** Follows a stream of numbered events until it is stopped or refused for good. */
  follow<Event>(options: FollowOptions<Event>): Following;
  /** Ends all streams and closes the connection. */
  close(): Promise<void>;
}

function connect(options: LiveClientOptions): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: options.url,
    webSocketImpl: options.webSocketImpl,
    async connectionParams() {
      const token = await options.token?.();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    // Each stream comes back by itself, with what it has missed.
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      ping(received) {
        if (!received) pongTimer = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: () => clearTimeout(pongTimer),
      closed: () => clearTimeout(pongTimer),
    },
  });
  return client;
}

const asError = (cause: unknown): unknown =>
  Array.isArray(cause) ? liveErrorOf(cause) : cause instanceof Error ? cause : new Error('The connection was lost.');

/**
 * A client of live streams that loses nothing and repeats nothing: it delivers the events of each stream once and in
 * order, whatever happens to connections, servers and rights in between. A number that is left out is fetched; one that
 * comes again is dropped; a stream that ends, for whatever reason, is opened again after a random pause that grows with
 * each failure, and what it has missed is fetched.
 *
 * @example
 * const live = createLiveClient({ url: 'wss://community.example/graphql?anonymous' });
 * const following = live.follow<Message>({
 *   document: 'subscription($grant: String!) { messageAdded(grant: $grant) { number body author { displayName } } }',
 *   variables: async () => ({ grant: await fetchGrant(roomId) }), // throws LiveError('FORBIDDEN', …) when it is refused
 *   numberOf: (message) => message.number,
 *   fetchAfter: (number) => fetchMessages({ roomId, after: number, first: 100 }),
 *   after: lastMessageShown,
 *   onEvent: show,
 * });
 * following.done.catch((refused) => leaveRoom(refused.code));
 */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const client = connect(options);
  const followed = new Set<Following>();

  function follow<Event>(following: FollowOptions<Event>): Following {
    const abort = new AbortController();
    const { signal } = abort;
    let broken: { readonly error: unknown } | undefined;
    const sequence = createSequence({
      ...following,
      signal,
      async onEvent(event) {
        try {
          await following.onEvent(event);
        } catch (error) {
          broken = { error };
          throw error;
        }
      },
    });

    /** Subscribes once. @returns, when the stream has ended, whether it was one; throws why it is none */
    async function attempt(): Promise<boolean> {
      const variables = await following.variables();
      const began = Date.now();
      let delivered = false;
      const timers: ReturnType<typeof setTimeout>[] = [];
      let unsubscribe = () => {};
      let stop = () => {};
      try {
        await new Promise<void>((resolve, reject) => {
          stop = resolve;
          signal.addEventListener('abort', stop);
          unsubscribe = client.subscribe<Record<string, Event | null>>(
            { query: following.document, variables },
            {
              next({ data, errors }) {
                const event = Object.values(data ?? {})[0];
                if (event === undefined || event === null) return reject(liveErrorOf(errors ?? []));
                delivered = true;
                following.onState?.('live');
                sequence.push(event).catch(reject);
              },
              error: (cause) => reject(asError(cause)),
              complete: resolve,
            },
          );
          for (const ms of CATCH_UP_MS) timers.push(setTimeout(() => sequence.catchUp().catch(reject), ms));
        });
      } catch (error) {
        if (isForGood(error) || (error instanceof LiveError && error.code === 'UNAUTHENTICATED')) throw error;
      } finally {
        for (const timer of timers) clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        unsubscribe();
        sequence.reset();
      }
      return delivered || Date.now() - began > LASTING_MS;
    }

    async function run(): Promise<void> {
      let failures = 0;
      while (!signal.aborted) {
        try {
          failures = (await attempt()) ? 0 : failures + 1;
        } catch (error) {
          if (isForGood(error)) throw error;
          failures += 1;
          if (error instanceof LiveError && error.code === 'UNAUTHENTICATED') {
            if (!(await options.refresh?.().catch(() => true))) throw error;
            // The token belongs to the connection: the next one asks for the new one.
            client.terminate();
          }
        }
        if (broken) throw broken.error;
        if (signal.aborted) return;
        following.onState?.('waiting');
        await pause(pauseMs(failures), signal);
      }
    }

    const self: Following = {
      stop: () => abort.abort(),
      done: run().finally(() => followed.delete(self)),
    };
    followed.add(self);
    // Who does not ask how it ended is not told.
    self.done.catch(() => {});
    return self;
  }

  return {
    follow,
    async close() {
      for (const following of followed) following.stop();
      await client.dispose();
    },
  };
}

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { until } from '@community/testing/wait';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What a client says of who she is; for a page, what its browser says. */
export type Identity = { readonly accessToken: string } | { readonly cookie: string; readonly origin: string } | null;

/** A subscription as a client library shows it to an app. */
export interface Stream<Data> extends Disposable {
  /** What has come so far. */
  readonly data: readonly Data[];
  /** What the server said was wrong, by code; `LOST` where the connection went without a word. */
  readonly codes: readonly string[];
  readonly ended: boolean;
  /** Waits for the end. @returns the last word */
  end(): Promise<string | undefined>;
  stop(): void;
}

/** One of the libraries that apps follow the graph by. */
export interface LiveClient {
  readonly name: string;
  /** @param url of the platform, without a path */
  subscribe<Data, Variables extends Record<string, unknown>>(
    url: string,
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    as: Identity,
  ): Stream<Data>;
}

interface Failure {
  readonly extensions?: { readonly code?: unknown };
}

const headersOf = (as: Identity): Record<string, string> =>
  as === null
    ? {}
    : 'accessToken' in as
      ? { authorization: `Bearer ${as.accessToken}` }
      : { cookie: as.cookie, origin: as.origin };

/** Keeps what a subscription brings. @param start begins it, and returns what ends it */
function record<Data>(
  start: (told: {
    next(result: { data?: Data | null; errors?: readonly Failure[] }): void;
    lost(): void;
    complete(): void;
  }) => () => void,
): Stream<Data> {
  const data: Data[] = [];
  const codes: string[] = [];
  let ended = false;
  const finish = () => {
    ended = true;
  };
  const stop = start({
    next(result) {
      if (result.data) data.push(result.data);
      for (const { extensions } of result.errors ?? []) codes.push(String(extensions?.code));
    },
    lost() {
      codes.push('LOST');
      finish();
    },
    complete: finish,
  });
  return {
    data,
    codes,
    get ended() {
      return ended;
    },
    async end() {
      await until(() => ended, `the end of a stream that brought ${JSON.stringify({ data, codes })}`);
      return codes.at(-1);
    },
    stop,
    [Symbol.dispose]: stop,
  };
}

/** `graphql-ws`: the `graphql-transport-ws` protocol over a socket for each subscription. */
const webSocket: LiveClient = {
  name: 'graphql-ws',
  subscribe: (url, document, variables, as) =>
    record((told) => {
      const headers = headersOf(as);
      const client = createSocketClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        retryAttempts: 0,
        // A page's cookie comes with the upgrade, an app's token with the first message.
        connectionParams: as && 'accessToken' in as ? headers : {},
        webSocketImpl: class extends WebSocket {
          constructor(address: string, protocols: string) {
            super(address, protocols, { headers: as && 'cookie' in as ? headers : {} });
          }
        },
      });
      const unsubscribe = client.subscribe(
        { query: print(document), variables },
        {
          next: (result) => told.next(result as Parameters<typeof told.next>[0]),
          complete: told.complete,
          error(error) {
            if (!Array.isArray(error)) return told.lost();
            told.next({ errors: error as Failure[] });
            told.complete();
          },
        },
      );
      return () => {
        unsubscribe();
        void client.dispose();
      };
    }),
};

/** `graphql-sse`: Server-Sent Events, a request for each subscription. */
const serverSentEvents: LiveClient = {
  name: 'graphql-sse',
  subscribe: (url, document, variables, as) =>
    record((told) => {
      const client = createSseClient({ url: `${url}/graphql`, headers: headersOf(as), retryAttempts: 0 });
      const unsubscribe = client.subscribe(
        { query: print(document), variables },
        {
          next: (result) => told.next(result as Parameters<typeof told.next>[0]),
          complete: told.complete,
          error: told.lost,
        },
      );
      return () => {
        unsubscribe();
        client.dispose();
      };
    }),
};

/** Apollo Client: its multipart protocol over HTTP. */
const multipart: LiveClient = {
  name: 'Apollo Client',
  subscribe: (url, document, variables, as) =>
    record((told) => {
      const client = new ApolloClient({
        cache: new InMemoryCache(),
        link: new HttpLink({ uri: `${url}/graphql`, headers: headersOf(as) }),
      });
      const subscription = client.subscribe({ query: document, variables, fetchPolicy: 'no-cache' }).subscribe({
        next({ data, error }) {
          if (!error) told.next({ data: data as never });
          else if (CombinedGraphQLErrors.is(error)) told.next({ errors: error.errors });
          else told.lost();
        },
        complete: told.complete,
      });
      return () => {
        subscription.unsubscribe();
        client.stop();
      };
    }),
};

/** The libraries that the platform promises to serve, none of them ours. */
export const LIVE_CLIENTS: readonly LiveClient[] = [webSocket, serverSentEvents, multipart];

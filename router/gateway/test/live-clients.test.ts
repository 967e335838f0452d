import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { newId } from '@community/kit/ids';
import { openStream } from '@community/testing/live-stream';
import { until } from '@community/testing/wait';
import { createClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number viewer by { name } } }';
const step = (number: number, name: string, viewer: string | null = null) => ({
  stepAdded: { number, viewer, by: { name: `name of ${name}` } },
});

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

/** What a client has been sent. */
interface Seen {
  readonly data: unknown[];
  ended: boolean;
}

function followBySse(counter: string, token?: string) {
  const client = createClient({
    url: graph.url,
    headers: token ? { authorization: `Bearer ${token}` } : {},
    retryAttempts: 0,
  });
  const seen: Seen = { data: [], ended: false };
  const end = () => {
    seen.ended = true;
  };
  const stop = client.subscribe(
    { query: STEPS, variables: { counter } },
    { next: (result) => seen.data.push(result.data ?? result.errors), complete: end, error: end },
  );
  return { seen, stop, dispose: () => client.dispose() };
}

function followByApollo(counter: string, token?: string) {
  const client = new ApolloClient({
    cache: new InMemoryCache({ addTypename: false } as object),
    link: new HttpLink({ uri: graph.url, headers: token ? { authorization: `Bearer ${token}` } : {} }),
  });
  const seen: Seen = { data: [], ended: false };
  const subscription = client
    .subscribe({ query: gql(STEPS), variables: { counter }, fetchPolicy: 'no-cache' })
    .subscribe({
      next: (result) => seen.data.push(result.data ?? result.error),
      complete: () => {
        seen.ended = true;
      },
    });
  return { seen, stop: () => subscription.unsubscribe(), dispose: () => client.stop() };
}

/** Without the type names that Apollo Client asks for in every selection. */
const plain = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data), (key, value: unknown) => (key === '__typename' ? undefined : value));

describe.each([
  ['graphql-sse', followBySse],
  ['Apollo Client by multipart', followByApollo],
])('%s', (_, follow) => {
  it('is sent events with fields of other subgraphs, as they come', async () => {
    const counter = newId();
    const mina = graph.member();
    const client = follow(counter, mina.token);
    await until(() => graph.counters.listeners(counter) === 1);
    graph.counters.add(counter, 'jun');
    await until(() => client.seen.data.length === 1);
    graph.counters.add(counter, 'sora');
    await until(() => client.seen.data.length === 2);
    expect(client.seen.data.map(plain)).toEqual([step(1, 'jun', mina.id), step(2, 'sora', mina.id)]);
    client.stop();
    await until(() => graph.counters.listeners(counter) === 0);
    client.dispose();
  });

  it('is told when the session ends', async () => {
    const counter = newId();
    const mina = graph.member();
    const client = follow(counter, mina.token);
    await until(() => graph.counters.listeners(counter) === 1);
    graph.endSession(mina);
    await until(() => client.seen.ended);
    expect(JSON.stringify(client.seen.data)).toContain('The session has ended');
    client.dispose();
  });
});

it('clients of all protocols share one stream', async () => {
  const counter = newId();
  const sse = followBySse(counter);
  await using socket = openStream({ url: graph.url, operation: { query: STEPS, variables: { counter } } });
  await until(() => graph.counters.listeners(counter) === 1);
  const { fetches } = graph.people.counted;
  await until(() => {
    graph.counters.add(counter, 'mina');
    return socket.received.length > 0 && sse.seen.data.length > 0;
  });
  expect(graph.counters.listeners(counter)).toBe(1);
  expect(graph.people.counted.fetches - fetches).toBeLessThanOrEqual(
    Math.max(socket.received.length, sse.seen.data.length) + 1,
  );
  sse.dispose();
});

it('a browser’s EventSource is served by GET', async () => {
  const counter = newId();
  const search = new URLSearchParams({ query: STEPS, variables: JSON.stringify({ counter }) });
  const abort = new AbortController();
  const response = await fetch(`${graph.url}?${search}`, {
    headers: { accept: 'text/event-stream' },
    signal: abort.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  await until(() => graph.counters.listeners(counter) === 1);
  graph.counters.add(counter, 'mina');
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    if (text.includes('data: ')) break;
  }
  expect(text).toContain(`event: next\ndata: ${JSON.stringify({ data: step(1, 'mina') })}\n\n`);
  abort.abort();
  await until(() => graph.counters.listeners(counter) === 0);
});

it('queries of a client that accepts streams are answered', async () => {
  const client = createClient({ url: graph.url });
  const result = await new Promise((resolve, reject) => {
    client.subscribe({ query: '{ people }' }, { next: resolve, error: reject, complete: () => {} });
  });
  expect(result).toEqual({ data: { people: 0 } });
  client.dispose();
});

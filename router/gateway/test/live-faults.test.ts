import { hasExpired } from '@community/kit/member-token';
import { renderMetrics } from '@community/kit/metrics';
import { createLiveClient } from '@community/live-client/live-client';
import { openStream } from '@community/testing/live-stream';
import { until } from '@community/testing/wait';
import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type LiveGraph, type Step, startLiveGraph } from './live-graph.ts';

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number by { name } } }';
const AFTER =
  'query After($counter: ID!, $number: Int!) { stepsAfter(counter: $counter, number: $number) { number by { name } } }';
interface Steps {
  stepAdded: { number: number };
}

let graph: LiveGraph;
beforeEach(async () => {
  graph = await startLiveGraph();
});
afterEach(() => graph[Symbol.asyncDispose]());

const codeOf = (result: { errors?: readonly { extensions?: { code?: string } }[] }) =>
  result.errors?.[0]?.extensions?.code;
const socketUrl = () => graph.url.replace('http', 'ws');
const open = (counter: string) =>
  openStream<Steps>({ url: graph.url, operation: { query: STEPS, variables: { counter } } });

/** Follows a counter as the web client does. */
function follow(counter: string) {
  const live = createLiveClient({ url: socketUrl(), webSocketImpl: WebSocket });
  const seen: number[] = [];
  live.follow<Pick<Step, 'number'>>({
    document: STEPS,
    variables: () => ({ counter }),
    numberOf: ({ number }) => number,
    async fetchAfter(number) {
      const response = await fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: AFTER, variables: { counter, number } }),
      });
      const { data } = (await response.json()) as { data?: { stepsAfter: { number: number }[] } };
      if (!data) throw new Error('not now');
      return data.stepsAfter;
    },
    after: 0,
    onEvent: ({ number }) => void seen.push(number),
  });
  return { seen, close: () => live.close() };
}

const upTo = (number: number) => Array.from({ length: number }, (_, index) => index + 1);

async function restartCounters(stop: () => Promise<void>): Promise<void> {
  await stop();
  graph.counters.add('c', 'mina');
  await graph.startCounters();
}

it.each<[string, () => Promise<unknown>]>([
  ['killed subgraph', () => restartCounters(() => graph.killCounters())],
  ['stopped subgraph', () => restartCounters(() => graph.stopCounters())],
  ['restarted gateway', () => graph.restartGateway()],
  ['reloaded supergraph', async () => graph.publish((sdl) => `${sdl}\nextend type Query { fresh: Int }`)],
])(
  'a %s loses and doubles nothing for clients that follow',
  async (_, fault) => {
    const clients = Array.from({ length: 3 }, () => follow('c'));
    const step = () => graph.counters.add('c', 'mina');
    const allSeen = (last: number) =>
      until(() => clients.every(({ seen }) => seen.at(-1) === last), 'every step being seen');
    await until(() => graph.counters.listeners('c') === 1);
    await allSeen(step());
    const { subscribes } = graph.counters.counted;
    await fault();
    step();
    await until(() => graph.counters.counted.subscribes > subscribes, 'clients subscribing again');
    const last = step();
    await allSeen(last);
    for (const { seen, close } of clients) {
      expect(seen).toEqual(upTo(last));
      await close();
    }
  },
  60_000,
);

it('streams of a killed subgraph end with an error at once, and those of others go on', async () => {
  await using stream = open('c');
  await using other = openStream<{ greeted: string }>({
    url: graph.url,
    operation: { query: 'subscription { greeted }' },
  });
  await until(() => graph.counters.listeners('c') === 1 && graph.people.listeners() === 1);
  const start = Date.now();
  await graph.killCounters();
  expect(codeOf(await stream.next())).toBe('SERVICE_UNAVAILABLE');
  expect(await stream.closed).toBe('complete');
  expect(Date.now() - start).toBeLessThan(5_000);
  graph.people.greet('hello');
  expect((await other.next()).data).toEqual({ greeted: 'hello' });
  await using again = open('c');
  expect(codeOf(await again.next())).toBe('SERVICE_UNAVAILABLE');
  await graph.startCounters();
});

it('streams of a graph that was replaced end with words for their clients', async () => {
  await using stream = open('c');
  await until(() => graph.counters.listeners('c') === 1);
  graph.publish((sdl) => `${sdl}\nextend type Query { fresh: Int }`);
  expect(codeOf(await stream.next())).toBe('SUBSCRIPTION_SCHEMA_RELOAD');
  expect(await stream.closed).toBe('complete');
  await until(() => graph.counters.listeners('c') === 0);
});

it('clients of a gateway that stops are told to come again', async () => {
  await using stream = open('c');
  await until(() => graph.counters.listeners('c') === 1);
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const body = JSON.stringify({ query: STEPS, variables: { counter: 'd' } });
  const response = await fetch(graph.url, { method: 'POST', headers, body });
  await until(() => graph.counters.listeners('d') === 1);
  await graph.restartGateway();
  expect(await stream.closed).toMatchObject({ code: 1001 });
  expect(await response.text()).toMatch(/"code":"SERVICE_UNAVAILABLE".*event: complete/s);
});

it('a stream outlives the token that opened it; new operations on its socket do not', async () => {
  const mina = graph.keys.member({ issuedSecondsAgo: 592 });
  const client = createClient({
    url: socketUrl(),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${mina.token}` },
  });
  const ask = (counter: string) =>
    openStream<{ stepAdded: { viewer: string; by: { name: string } } }>({
      url: graph.url,
      client,
      operation: {
        query: 'subscription($counter: ID!) { stepAdded(counter: $counter) { viewer by { name } } }',
        variables: { counter },
      },
    });
  await using stream = ask('c');
  await until(() => graph.counters.listeners('c') === 1);
  await until(() => hasExpired(mina.token));
  graph.counters.add('c', 'jun');
  expect(await stream.next()).toEqual({ data: { stepAdded: { viewer: mina.id, by: { name: 'name of jun' } } } });
  // Also where it would join the stream that is open.
  for (const counter of ['c', 'd']) {
    await using late = ask(counter);
    expect(codeOf(await late.next())).toBe('UNAUTHENTICATED');
  }
  await client.dispose();
});

it('a thousand subscriptions that come and go leave nothing behind', async () => {
  const client = createClient({ url: socketUrl(), webSocketImpl: WebSocket });
  for (let round = 0; round < 20; round += 1) {
    const streams = Array.from({ length: 50 }, (_, index) =>
      openStream<Steps>({
        url: graph.url,
        client,
        operation: { query: STEPS, variables: { counter: `c${index % 25}` } },
      }),
    );
    // Some go while they are being opened, some after an event.
    for (const stream of streams.slice(0, 10)) stream.stop();
    await until(() => {
      graph.counters.add('c24', 'mina');
      return (streams[49]?.received.length ?? 0) > 0;
    });
    for (const stream of streams) stream.stop();
  }
  await client.dispose();
  const left = ['live_streams_open', 'gateway_shared_streams_open', 'gateway_upstream_streams_open'];
  await until(async () => {
    const { body } = await renderMetrics();
    return left.every((name) => new RegExp(`^${name} 0$`, 'm').test(body));
  }, 'all streams being gone');
  expect(graph.streams()).toEqual([]);
  for (let index = 0; index < 25; index += 1) expect(graph.counters.listeners(`c${index}`)).toBe(0);
});

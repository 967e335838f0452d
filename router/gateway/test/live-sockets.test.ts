import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { newId } from '@community/kit/ids';
import { openStream } from '@community/testing/live-stream';
import type { TestMember } from '@community/testing/member-key';
import { slowCuts } from '@community/testing/slow-cuts';
import { until } from '@community/testing/wait';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number viewer } }';
interface Steps {
  stepAdded: { number: number; viewer: string | null };
}

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph({ publicUrl: 'http://localhost:3000', corsOrigins: ['https://app.example'] });
});
afterAll(() => graph[Symbol.asyncDispose]());

const codeOf = (result: { errors?: readonly { extensions?: { code?: string } }[] }) =>
  result.errors?.[0]?.extensions?.code;
const socketUrl = (search = '') => `${graph.url.replace('http', 'ws')}${search}`;
const subscribe = (counter: string, query = STEPS) => ({ query, variables: { counter } });

/** Speaks the protocol by hand, as misbehaving clients do. */
function raw([first, ...rest]: readonly string[]) {
  const socket = new WebSocket(socketUrl(), 'graphql-transport-ws');
  const received: string[] = [];
  socket.once('open', () => first && socket.send(first));
  // After the acknowledgement.
  socket.once('message', () => {
    for (const message of rest) socket.send(message);
  });
  socket.on('message', (data) => received.push(String(data)));
  socket.on('error', () => {});
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  return { socket, received, closed };
}

const INIT = '{"type":"connection_init"}';
const subscribeMessage = (counter: string, id = '1', query = STEPS) =>
  JSON.stringify({ id, type: 'subscribe', payload: subscribe(counter, query) });

describe('a socket that misbehaves', () => {
  it.each([
    ['no JSON', [INIT, '{"type":'], 4400],
    ['a message that is none', [INIT, '{"type":"subscribe","id":"1"}'], 4400],
    ['a message of the server', [INIT, '{"type":"next","id":"1","payload":{}}'], 4400],
    [
      'a first message that is too large',
      [JSON.stringify({ type: 'connection_init', payload: { x: 'x'.repeat(11_000) } })],
      4400,
    ],
    ['a message that is too large', [INIT, `{"type":"ping","payload":{"x":"${'x'.repeat(1_100_000)}"}}`], 1009],
    ['an operation before it has begun', [subscribeMessage('a')], 4401],
    ['one id twice', [INIT, subscribeMessage('a'), subscribeMessage('a')], 4409],
    ['nothing', [], 4408],
  ])('is closed for %s, and no other', async (_, messages, code) => {
    const counter = newId();
    await using other = openStream<Steps>({ url: graph.url, operation: subscribe(counter) });
    await until(() => graph.counters.listeners(counter) === 1);
    expect((await raw(messages).closed).code).toBe(code);
    graph.counters.add(counter, 'mina');
    expect((await other.next()).data.stepAdded.number).toBe(1);
  });

  it('may hold 100 subscriptions, and asks in vain for more', async () => {
    const client = createClient({ url: socketUrl(), webSocketImpl: WebSocket });
    const prefix = newId();
    const streams = Array.from({ length: 1_000 }, (_, index) =>
      openStream<Steps>({ url: graph.url, client, operation: subscribe(`${prefix}${index}`) }),
    );
    await until(() => streams.filter((stream) => stream.ended).length === 900);
    const refused = streams.filter((stream) => stream.ended);
    expect(new Set(refused.map((stream) => codeOf(stream.received[0] ?? {})))).toEqual(
      new Set(['TOO_MANY_SUBSCRIPTIONS']),
    );
    await until(() => graph.counters.listeners(`${prefix}99`) === 1);
    graph.counters.add(`${prefix}0`, 'mina');
    expect((await streams[0]?.next())?.data.stepAdded.number).toBe(1);
    streams[1]?.stop();
    await until(() => graph.counters.listeners(`${prefix}1`) === 0);
    await using more = openStream<Steps>({ url: graph.url, client, operation: subscribe(`${prefix}more`) });
    await until(() => graph.counters.listeners(`${prefix}more`) === 1);
    expect(more.ended).toBe(false);
    await client.dispose();
    await until(() => graph.streams().length === 0);
  });

  it('is cut off when it does not read, and no other', async () => {
    const counter = newId();
    const query =
      'subscription Large($counter: ID!) { stepAdded(counter: $counter) { number padding(size: 2000000) } }';
    const before = await slowCuts();
    const slow = raw([INIT, subscribeMessage(counter, '1', query)]);
    await until(() => graph.counters.listeners(counter) === 1 && slow.received.length === 1, 'the slow one listening');
    // Asks for little, so that what one has not read yet is never what cuts it off; and second, so that the gateway has
    // read the large event, too, before there is another.
    await using other = openStream<Steps>({ url: graph.url, operation: subscribe(counter) });
    await until(() => graph.counters.listeners(counter) === 2, 'the other listening');
    graph.counters.add(counter, 'mina');
    await until(() => slow.received.length === 2, 'the first event');
    slow.socket.pause();
    await until(async () => {
      const number = graph.counters.add(counter, 'mina');
      await until(() => other.received.at(-1)?.data.stepAdded.number === number);
      return (await slowCuts()) > before;
    });
    slow.socket.resume();
    const { code } = await slow.closed;
    expect([4408, 1006]).toContain(code);
    expect(other.ended).toBe(false);
  });
});

describe('identity', () => {
  const cookie = (member: TestMember) => ({ cookie: `access=${member.token}` });

  async function viewerOf(options: { search?: string; headers?: Record<string, string>; token?: string }) {
    const counter = newId();
    await using stream = openStream<Steps>({
      url: `${graph.url}${options.search ?? ''}`,
      headers: options.headers,
      connectionParams: options.token ? { authorization: `Bearer ${options.token}` } : {},
      operation: subscribe(counter),
    });
    await until(() => graph.counters.listeners(counter) === 1 || stream.ended);
    graph.counters.add(counter, 'mina');
    return await stream.next().then(
      ({ data, errors }) => data?.stepAdded.viewer ?? codeOf({ errors }) ?? null,
      () => 'refused',
    );
  }

  it('comes from the cookie of our own pages, or from connection_init, which wins', async () => {
    const [mina, jun] = [graph.member(), graph.member()];
    const ours = { ...cookie(mina), origin: 'http://localhost:3000' };
    expect(await viewerOf({ headers: ours })).toBe(mina.id);
    expect(await viewerOf({ headers: { ...cookie(mina), origin: 'https://app.example' } })).toBe(mina.id);
    expect(await viewerOf({ headers: ours, token: jun.token })).toBe(jun.id);
    expect(await viewerOf({ token: jun.token })).toBe(jun.id);
    expect(await viewerOf({ headers: ours, search: '?anonymous' })).toBeNull();
  });

  it('is not lent to pages of other sites', async () => {
    const foreign = { ...cookie(graph.member()), origin: 'https://evil.example' };
    expect(await viewerOf({ headers: foreign })).toBe('refused');
    expect(await viewerOf({ headers: foreign, search: '?anonymous' })).toBeNull();
    expect(await viewerOf({ headers: { origin: 'https://evil.example' } })).toBeNull();
  });

  it('of an expired or forged token is refused in words', async () => {
    const expired = graph.keys.member({ issuedSecondsAgo: 700 });
    const ours = { ...cookie(expired), origin: 'http://localhost:3000' };
    expect(await viewerOf({ headers: ours })).toBe('UNAUTHENTICATED');
    expect(await viewerOf({ token: expired.token })).toBe('UNAUTHENTICATED');
    expect(await viewerOf({ token: 'nonsense' })).toBe('UNAUTHENTICATED');
  });

  it('is the same for Server-Sent Events', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(graph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
        body: JSON.stringify(subscribe('forbidden')),
      });
    const ours = await ask({ ...cookie(graph.member()), origin: 'http://localhost:3000' });
    expect(await ours.text()).toContain('"code":"FORBIDDEN"');
    expect((await ask({ ...cookie(graph.member()), origin: 'https://evil.example' })).status).toBe(403);
    const expired = graph.keys.member({ issuedSecondsAgo: 700 });
    expect(await (await ask({ authorization: `Bearer ${expired.token}` })).text()).toContain('UNAUTHENTICATED');
  });
});

it('a connection elsewhere than to the graph is refused', async () => {
  const elsewhere = new WebSocket(socketUrl('x'), 'graphql-transport-ws');
  const status = await new Promise((resolve) => {
    elsewhere.once('unexpected-response', (_, response) => resolve(response.statusCode));
  });
  expect(status).toBe(404);
});

it('operations on a socket count against the limits of their client', async () => {
  await using limited = await startLiveGraph({ rateLimits: 'default' });
  const client = createClient({ url: limited.url.replace('http', 'ws'), webSocketImpl: WebSocket });
  const ask = async () => {
    await using stream = openStream({ url: limited.url, client, operation: { query: '{ people }' } });
    return await stream.next();
  };
  const [first, ...rest] = await Promise.all(Array.from({ length: 101 }, ask));
  expect(first).toEqual({ data: { people: 0 } });
  expect(rest.map(codeOf)).toContain('RATE_LIMITED');
  await client.dispose();
});

it('a client of Server-Sent Events that does not read is cut off', async () => {
  const counter = newId();
  const query = 'subscription Large($counter: ID!) { stepAdded(counter: $counter) { number padding(size: 400000) } }';
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const slow = await new Promise<IncomingMessage>((resolve) => {
    const sent = request(graph.url, { method: 'POST', headers }, resolve);
    sent.end(JSON.stringify(subscribe(counter, query)));
  });
  slow.pause();
  slow.on('error', () => {});
  await until(() => graph.counters.listeners(counter) === 1);
  await until(() => {
    graph.counters.add(counter, 'mina');
    return graph.counters.listeners(counter) === 0;
  });
  slow.destroy();
});

describe('persisted documents', () => {
  it('are subscribed to by id, and the safelist keeps all others out', async () => {
    await using safe = await startLiveGraph({ safelist: 'enforce' });
    writeFileSync(
      safe.documentsPath,
      JSON.stringify({ operations: [{ id: 'steps', name: 'Steps', type: 'subscription', body: STEPS }] }),
    );
    const counter = newId();
    const open = (operation: object) =>
      openStream<Steps>({ url: safe.url, operation: { query: '', variables: { counter }, ...operation } });
    await using byHash = open({ extensions: { persistedQuery: { version: 1, sha256Hash: 'steps' } } });
    await using byId = open({ documentId: 'steps' });
    await using byText = open({ query: STEPS });
    await until(() => safe.counters.listeners(counter) === 1);
    await using outside = open({ query: STEPS.replace('viewer', '') });
    expect(codeOf(await outside.next())).toBe('PERSISTED_QUERY_REQUIRED');
    await using unknown = open({ documentId: 'nothing' });
    expect(codeOf(await unknown.next())).toBe('PERSISTED_QUERY_NOT_IN_LIST');
    await until(() => {
      safe.counters.add(counter, 'mina');
      return [byHash, byId, byText].every((stream) => stream.received.length > 0);
    });
    expect(safe.counters.listeners(counter)).toBe(1);
  });
});

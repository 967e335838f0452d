import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEventQueue, type EventQueue } from '@community/kit/event-queue';
import { until } from '@community/testing/wait';
import { GraphQLError, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLiveClient, type FollowOptions } from './live-client.ts';
import { LiveError } from './live-error.ts';

interface Numbered {
  readonly number: number;
}

/** A server of numbered events that can be made to misbehave. */
async function startServer(port = 0) {
  const history: Numbered[] = [];
  const queues = new Set<EventQueue<Numbered>>();
  const state = { refusal: undefined as string | undefined, tokens: [] as unknown[], subscribes: 0 };
  const Event = new GraphQLObjectType({
    name: 'Event',
    fields: { number: { type: new GraphQLNonNull(GraphQLInt) }, grant: { type: GraphQLString } },
  });
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLInt } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        added: {
          type: Event,
          subscribe() {
            state.subscribes += 1;
            if (state.refusal) throw new GraphQLError('Refused.', { extensions: { code: state.refusal } });
            const queue = createEventQueue<Numbered>(() => queues.delete(queue));
            queues.add(queue);
            return queue;
          },
          resolve: (event: Numbered) => event,
        },
      },
    }),
  });
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  useServer(
    { schema, onConnect: ({ connectionParams }) => void state.tokens.push(connectionParams?.authorization) },
    sockets,
  );
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const send = (event: Numbered) => {
    for (const queue of queues) queue.push(event);
  };
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    port: (http.address() as AddressInfo).port,
    state,
    history,
    open: () => queues.size,
    /** Adds an event, and tells of it as often as said. */
    add(times = 1): void {
      const event = { number: history.length + 1 };
      history.push(event);
      for (let time = 0; time < times; time += 1) send(event);
    },
    send,
    complete() {
      for (const queue of queues) queue.end();
    },
    kill() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setup(
  options: Partial<FollowOptions<Numbered>> & { token?: () => string; refresh?: () => Promise<boolean> } = {},
) {
  const server = await startServer();
  stops.push(() => server.stop().catch(() => {}));
  const { token, refresh, ...following } = options;
  const live = createLiveClient({ url: server.url, webSocketImpl: WebSocket, token, refresh });
  stops.push(() => live.close());
  const seen: number[] = [];
  const fetched: number[] = [];
  const follow = live.follow<Numbered>({
    document: 'subscription { added { number } }',
    variables: () => ({}),
    numberOf: (event) => event.number,
    async fetchAfter(number) {
      fetched.push(number);
      return server.history.filter((event) => event.number > number).slice(0, 2);
    },
    after: 0,
    onEvent: (event) => void seen.push(event.number),
    ...following,
  });
  return { server, live, follow, seen, fetched };
}

const upTo = (number: number) => Array.from({ length: number }, (_, index) => index + 1);

it('delivers what was there before, page by page, and what comes', async () => {
  const { server, seen, follow } = await setup();
  for (let count = 0; count < 5; count += 1) server.add();
  await until(() => server.open() === 1 && seen.length === 5);
  server.add();
  await until(() => seen.length === 6);
  expect(seen).toEqual(upTo(6));
  follow.stop();
  await follow.done;
  await until(() => server.open() === 0);
});

it('fetches what was left out, drops what comes twice or late', async () => {
  const { server, seen } = await setup();
  await until(() => server.open() === 1);
  server.add(2);
  await until(() => seen.length === 1);
  server.add(0);
  server.add(0);
  server.add(3);
  server.send({ number: 2 });
  server.add();
  await until(() => seen.length === 5);
  expect(seen).toEqual(upTo(5));
});

it('does not wait for ever for a number that was never given', async () => {
  const { server, seen } = await setup({ after: 7, fetchAfter: async () => [] });
  await until(() => server.open() === 1);
  server.send({ number: 9 });
  await until(() => seen.length === 1);
  expect(seen).toEqual([9]);
});

it('comes back after the stream, the connection or the server ends, with what it missed', async () => {
  const states: string[] = [];
  const { server, seen } = await setup({ onState: (state) => states.push(state) });
  for (const end of [server.complete, server.kill]) {
    await until(() => server.open() === 1);
    server.add();
    await until(() => seen.length === server.history.length);
    end();
    server.add();
  }
  await until(() => server.open() === 1 && seen.length === server.history.length);
  await server.stop();
  const again = await startServer(server.port);
  stops.push(again.stop);
  server.history.push({ number: 5 });
  again.history.push(...server.history);
  await until(() => again.open() === 1);
  again.add();
  await until(() => seen.length === 6);
  expect(seen).toEqual(upTo(6));
  expect(states).toContain('live');
  expect(states).toContain('waiting');
});

it('asks for fresh variables at each attempt, and stops when it is refused for good', async () => {
  let asked = 0;
  const { server, follow } = await setup({
    variables() {
      asked += 1;
      if (asked === 3) throw new LiveError('FORBIDDEN', 'You have left this room.');
      return {};
    },
  });
  for (const attempt of [1, 2]) {
    await until(() => server.state.subscribes === attempt && server.open() === 1);
    server.complete();
  }
  await expect(follow.done).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'You have left this room.' });
});

it.each(['FORBIDDEN', 'NOT_FOUND'])('stops when the stream answers %s', async (code) => {
  const { server, follow } = await setup({ variables: () => ({}) });
  server.state.refusal = code;
  server.kill();
  server.complete();
  await expect(follow.done).rejects.toMatchObject({ code });
});

it('refreshes the session when the token is refused, and connects with the new one', async () => {
  let token = 'old';
  const { server, seen, follow } = await setup({
    token: () => token,
    async refresh() {
      token = 'new';
      server.state.refusal = undefined;
      return true;
    },
  });
  await until(() => server.open() === 1);
  server.state.refusal = 'UNAUTHENTICATED';
  server.complete();
  await until(() => server.state.tokens.at(-1) === 'Bearer new' && server.open() === 1);
  server.add();
  await until(() => seen.length === 1);
  follow.stop();
});

it('ends with the session when that cannot be refreshed', async () => {
  const { server, follow } = await setup({ refresh: async () => false });
  await until(() => server.open() === 1);
  server.state.refusal = 'UNAUTHENTICATED';
  server.complete();
  await expect(follow.done).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('tells what the handler threw', async () => {
  const { server, follow } = await setup({
    onEvent() {
      throw new TypeError('a bug');
    },
  });
  server.add();
  await expect(follow.done).rejects.toThrow('a bug');
});

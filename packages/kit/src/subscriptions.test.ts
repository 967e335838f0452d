import { openStream } from '@community/testing/live-stream';
import { createMemberKey, type TestMember } from '@community/testing/member-key';
import { slowCuts } from '@community/testing/slow-cuts';
import { until } from '@community/testing/wait';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { buildSubgraphSchema, createBuilder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { listen } from './http.ts';
import { newId } from './ids.ts';
import { defineLoader } from './loader.ts';
import { createLog } from './log.ts';
import { createMemberTokenVerifier } from './member-token.ts';
import { currentRequestScope } from './request-scope.ts';
import { createSubscriptions } from './subscriptions.ts';

const SECRET = 'router-secret-of-tests-0123456789abcdef';
const TEXTS = 'subscription Texts($topic: String!) { texts(topic: $topic) { text member requestId client loads } }';

type Texts = { texts: { text: string; member: string | null; requestId: string; client: string; loads: number } };

/** A process that serves live texts of topics. */
async function startTexts() {
  const keys = createMemberKey();
  const tokens = createMemberTokenVerifier({ fetchJwks: async () => keys.jwks });
  const topics = new Map<string, Set<EventQueue<string>>>();
  let opening = async () => {};
  const loads = defineLoader<RequestContext, string, number>(async (_, keysOfTick) => {
    const scope = currentRequestScope();
    if (scope) scope.sqlStatements += 1;
    return keysOfTick.map(() => scope?.sqlStatements ?? -1);
  });

  const builder = createBuilder<RequestContext>({ subscriptions: true });
  const Text = builder.objectRef<string>('Text').implement({
    fields: (t) => ({
      text: t.string({
        resolve: (text) => {
          if (text === 'broken') throw new Error('password=hunter2');
          return text;
        },
      }),
      member: t.string({ nullable: true, resolve: (_, __, { member }) => member?.id ?? null }),
      requestId: t.string({ resolve: (_, __, { requestId }) => requestId }),
      client: t.string({ resolve: (_, __, { client }) => client.name }),
      loads: t.int({ resolve: (text, _, context) => loads(context).load(text) }),
    }),
  });
  builder.queryField('hello', (t) => t.string({ resolve: () => 'hello' }));
  builder.mutationField('hello', (t) => t.string({ resolve: () => 'hello' }));
  builder.subscriptionField('texts', (t) =>
    t.field({
      type: Text,
      args: { topic: t.arg.string({ required: true }) },
      async subscribe(_, { topic }) {
        await opening();
        const listeners = topics.get(topic) ?? new Set();
        topics.set(topic, listeners);
        const queue = createEventQueue<string>(() => listeners.delete(queue));
        listeners.add(queue);
        return queue;
      },
      resolve: (text) => text,
    }),
  );

  const subscriptions = createSubscriptions({
    domain: 'test',
    schema: buildSubgraphSchema(builder, { name: 'Test', description: 'Test' }),
    log: createLog('test', 'silent'),
    routerSecret: SECRET,
    tokens,
    context: (request) => request,
  });
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    routes: {},
    onError: () => {},
    onUpgrade: subscriptions.upgrade,
  });
  const url = `ws://127.0.0.1:${server.port}/graphql`;
  return {
    url,
    keys,
    tokens,
    subscriptions,
    listeners: (topic: string) => topics.get(topic)?.size ?? 0,
    publish(topic: string, text: string) {
      for (const queue of topics.get(topic) ?? []) queue.push(text);
    },
    end(topic: string) {
      for (const queue of topics.get(topic) ?? []) queue.end();
    },
    whileOpening: (work: () => Promise<void>) => {
      opening = work;
    },
    async subscribe(topic: string, as?: TestMember) {
      const requestId = newId();
      const stream = openStream<Texts>({
        url,
        connectionParams: { 'x-router-secret': SECRET },
        operation: {
          query: TEXTS,
          variables: { topic },
          extensions: {
            headers: {
              'x-request-id': requestId,
              'apollographql-client-name': 'tests',
              ...(as ? { authorization: `Bearer ${as.token}` } : {}),
            },
          },
        },
      });
      await until(() => subscriptions.streams().includes(requestId) || stream.received.length > 0);
      return { ...stream, requestId };
    },
    async stop() {
      await Promise.all([subscriptions.stop(), server.close()]);
    },
  };
}

let texts: Awaited<ReturnType<typeof startTexts>>;
beforeAll(async () => {
  texts = await startTexts();
});
afterAll(() => texts.stop());

const codeOf = (result: { errors?: readonly { extensions?: { code?: string } }[] }) =>
  result.errors?.[0]?.extensions?.code;

describe('a subscription', () => {
  it('delivers each event with the context of a request, and loaders of its own', async () => {
    const topic = newId();
    const mina = texts.keys.member();
    await using stream = await texts.subscribe(topic, mina);
    texts.publish(topic, 'one');
    texts.publish(topic, 'one');
    const expected = { text: 'one', member: mina.id, requestId: stream.requestId, client: 'tests', loads: 1 };
    expect(await stream.next()).toEqual({ data: { texts: expected } });
    expect(await stream.next()).toEqual({ data: { texts: expected } });
    texts.end(topic);
    expect(await stream.closed).toBe('complete');
  });

  it('listens no longer when the client has gone', async () => {
    const topic = newId();
    const [first, second] = [await texts.subscribe(topic), await texts.subscribe(topic)];
    expect(texts.listeners(topic)).toBe(2);
    first.stop();
    await until(() => texts.listeners(topic) === 1);
    await second[Symbol.asyncDispose]();
    await until(() => texts.listeners(topic) === 0);
    await until(() => !texts.subscriptions.streams().includes(second.requestId));
    await first[Symbol.asyncDispose]();
  });

  it('tells no client what broke, and goes on', async () => {
    const topic = newId();
    await using stream = await texts.subscribe(topic);
    texts.publish(topic, 'broken');
    const broken = await stream.next();
    expect(codeOf(broken)).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(broken)).not.toContain('hunter2');
    texts.publish(topic, 'fine');
    expect((await stream.next()).data.texts.text).toBe('fine');
  });

  it('is refused to documents that are wrong or no subscription', async () => {
    const ask = async (query: string) => {
      await using stream = openStream({
        url: texts.url,
        connectionParams: { 'x-router-secret': SECRET },
        operation: { query },
      });
      return codeOf(await stream.next());
    };
    expect(await ask('subscription {')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await ask('subscription { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await ask('subscription { texts { text } }')).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(await ask('{ hello }')).toBe('BAD_REQUEST');
    expect(await ask('subscription($topic: String!) { texts(topic: $topic) { text } }')).toBe('BAD_USER_INPUT');
  });
});

describe('the connection', () => {
  it('is for the router only', async () => {
    for (const connectionParams of [undefined, { 'x-router-secret': 'guess' }]) {
      await using stream = openStream({ url: texts.url, connectionParams, operation: { query: TEXTS } });
      expect(await stream.closed).toMatchObject({ code: 4403 });
    }
    await using stream = openStream({
      url: texts.url,
      headers: { 'x-router-secret': SECRET },
      operation: { query: '{ hello }' },
    });
    expect(codeOf(await stream.next())).toBe('BAD_REQUEST');
  });

  it('carries the streams of many members', async () => {
    const topic = newId();
    const client = createClient({
      url: texts.url,
      webSocketImpl: WebSocket,
      connectionParams: { 'x-router-secret': SECRET },
    });
    const members = [texts.keys.member(), texts.keys.member()];
    const streams = members.map(({ token }) =>
      openStream<Texts>({
        url: texts.url,
        client,
        operation: {
          query: TEXTS,
          variables: { topic },
          extensions: { headers: { authorization: `Bearer ${token}` } },
        },
      }),
    );
    await until(() => texts.listeners(topic) === 2);
    texts.publish(topic, 'hello');
    const seen = await Promise.all(streams.map((stream) => stream.next()));
    expect(seen.map(({ data }) => data.texts.member)).toEqual(members.map(({ id }) => id));
    await client.dispose();
  });

  it('may carry one member’s token for all its operations', async () => {
    const topic = newId();
    const mina = texts.keys.member();
    await using stream = openStream<Texts>({
      url: texts.url,
      connectionParams: { 'x-router-secret': SECRET, authorization: `Bearer ${mina.token}` },
      operation: { query: TEXTS, variables: { topic } },
    });
    await until(() => texts.listeners(topic) === 1);
    texts.publish(topic, 'hello');
    expect((await stream.next()).data.texts.member).toBe(mina.id);
  });

  it('is closed alone when it sends what is no message', async () => {
    const topic = newId();
    await using other = await texts.subscribe(topic);
    const socket = new WebSocket(texts.url, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('open', () => socket.send('{"type":'));
    expect(await closed).toBe(4400);
    texts.publish(topic, 'still here');
    expect((await other.next()).data.texts.text).toBe('still here');
  });

  it('is cut off when nobody reads it, and no other', async () => {
    const topic = newId();
    await using other = await texts.subscribe(topic);
    const before = await slowCuts();
    const slow = new WebSocket(texts.url, 'graphql-transport-ws');
    slow.once('open', () =>
      slow.send(JSON.stringify({ type: 'connection_init', payload: { 'x-router-secret': SECRET } })),
    );
    slow.once('message', () =>
      slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: TEXTS, variables: { topic } } })),
    );
    await until(() => texts.listeners(topic) === 2);
    slow.pause();
    const large = 'x'.repeat(500_000);
    await until(async () => {
      texts.publish(topic, large);
      await other.next();
      return texts.listeners(topic) === 1;
    });
    expect(await slowCuts()).toBe(before + 1);
    slow.terminate();
  });
});

describe('a stream belongs to the session', () => {
  it('and ends with it, for that member alone', async () => {
    const topic = newId();
    const [mina, jun] = [texts.keys.member(), texts.keys.member()];
    await using hers = await texts.subscribe(topic, mina);
    await using his = await texts.subscribe(topic, jun);
    texts.tokens.endSession(mina.sessionId);
    expect(codeOf(await hers.next())).toBe('UNAUTHENTICATED');
    expect(await hers.closed).toBe('complete');
    texts.publish(topic, 'secret');
    expect((await his.next()).data.texts.text).toBe('secret');
    expect(hers.received).toHaveLength(1);
    texts.tokens.endAllSessionsOf(jun.id);
    expect(codeOf(await his.next())).toBe('UNAUTHENTICATED');
    expect(texts.listeners(topic)).toBe(0);
  });

  it('also when that ended while the stream was being opened', async () => {
    const topic = newId();
    const mina = texts.keys.member();
    texts.whileOpening(async () => texts.tokens.endSession(mina.sessionId));
    await using stream = await texts.subscribe(topic, mina);
    texts.whileOpening(async () => {});
    expect(codeOf(await stream.next())).toBe('UNAUTHENTICATED');
    expect(texts.listeners(topic)).toBe(0);
  });

  it('and does not begin with a token that is no good', async () => {
    const mina = texts.keys.member();
    texts.tokens.endSession(mina.sessionId);
    for (const token of [mina.token, 'nonsense']) {
      await using stream = await texts.subscribe(newId(), { ...mina, token });
      expect(codeOf(await stream.next())).toBe('UNAUTHENTICATED');
      expect(await stream.closed).toBe('complete');
    }
  });
});

it('a process that stops sends its clients elsewhere', async () => {
  const stopping = await startTexts();
  await using stream = await stopping.subscribe(newId());
  await stopping.stop();
  expect(await stream.closed).toMatchObject({ code: 1001 });
});

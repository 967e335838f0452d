import { newId } from '@community/kit/ids';
import { openStream } from '@community/testing/live-stream';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number viewer by { name seenBy } } }';
interface Steps {
  stepAdded: { number: number; viewer: string | null; by: { name: string | null; seenBy: string | null } | null };
}

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const codeOf = (result: { errors?: readonly { extensions?: { code?: string } }[] }) =>
  result.errors?.[0]?.extensions?.code;

/** Follows a counter by WebSocket; returns when the subgraph has so many listeners. */
async function follow(counter: string, options: { as?: TestMember; listeners?: number; query?: string } = {}) {
  const stream = openStream<Steps>({
    url: graph.url,
    connectionParams: options.as ? { authorization: `Bearer ${options.as.token}` } : {},
    operation: { query: options.query ?? STEPS, variables: { counter } },
  });
  await until(() => graph.counters.listeners(counter) >= (options.listeners ?? 1), 'the stream being open');
  return stream;
}

describe('a live event', () => {
  it('comes with fields of other subgraphs', async () => {
    const counter = newId();
    await using stream = await follow(counter);
    graph.counters.add(counter, 'mina');
    expect(await stream.next()).toEqual({
      data: { stepAdded: { number: 1, viewer: null, by: { name: 'name of mina', seenBy: 'everybody' } } },
    });
  });

  it('that fails in part says so, and the next is whole again', async () => {
    const counter = newId();
    await using stream = await follow(counter, {
      query: 'subscription($counter: ID!) { stepAdded(counter: $counter) { number word by { name } } }',
    });
    graph.counters.add(counter, 'missing', { broken: true });
    graph.counters.add(counter, 'jun');
    const first = await stream.next();
    expect(first.data.stepAdded).toEqual({ number: 1, word: null, by: { name: null } });
    expect(first.errors?.map(({ extensions }) => extensions?.code).sort()).toEqual(['NOBODY', 'NO_WORD']);
    expect(await stream.next()).toEqual({
      data: { stepAdded: { number: 2, word: 'word', by: { name: 'name of jun' } } },
    });
  });
});

describe('events of one moment', () => {
  it('ask together for the entities of other subgraphs, each once, unless one of them fails', async () => {
    const counters = Array.from({ length: 20 }, () => newId());
    const streams = await Promise.all(counters.map((counter) => follow(counter)));
    const { fetches } = graph.people.counted;
    for (const [index, counter] of counters.entries()) graph.counters.add(counter, index % 2 ? 'mina' : 'jun');
    for (const [index, stream] of streams.entries())
      expect((await stream.next()).data.stepAdded.by?.name).toBe(index % 2 ? 'name of mina' : 'name of jun');
    expect(graph.people.counted.fetches - fetches).toBeLessThan(counters.length);

    for (const [index, counter] of counters.entries()) graph.counters.add(counter, index ? 'mina' : 'missing');
    for (const [index, stream] of streams.entries()) {
      const { data, errors } = await stream.next();
      expect(data.stepAdded.by?.name).toBe(index ? 'name of mina' : null);
      expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(index ? undefined : ['NOBODY']);
    }
    for (const stream of streams) await stream[Symbol.asyncDispose]();
  });
});

describe('equal subscriptions', () => {
  it('share one stream and one execution of each event, and the last to leave ends it', async () => {
    const counter = newId();
    const { subscribes } = graph.counters.counted;
    const streams = [await follow(counter), await follow(counter)];
    // Written differently, the same.
    streams.push(
      openStream<Steps>({
        url: graph.url,
        operation: { query: STEPS, variables: { counter }, operationName: 'Steps' },
      }),
    );
    const late = openStream<Steps>({ url: graph.url, operation: { query: STEPS, variables: { counter } } });
    streams.push(late);
    await until(async () => {
      graph.counters.add(counter, 'mina');
      await streams[0]?.next();
      return streams.every((stream) => stream.received.length > 0);
    });
    expect(graph.counters.listeners(counter)).toBe(2);
    expect(graph.counters.counted.subscribes - subscribes).toBe(2);

    const { fetches } = graph.people.counted;
    const number = graph.counters.add(counter, 'jun');
    for (const stream of streams) await until(() => stream.received.at(-1)?.data.stepAdded.number === number);
    expect(graph.people.counted.fetches - fetches).toBeLessThanOrEqual(2);

    for (const stream of streams.splice(0, 3)) await stream[Symbol.asyncDispose]();
    await until(() => graph.counters.listeners(counter) === 1);
    const last = graph.counters.add(counter, 'jun');
    await until(() => late.received.at(-1)?.data.stepAdded.number === last);
    await late[Symbol.asyncDispose]();
    await until(() => graph.counters.listeners(counter) === 0);
  });

  it('of one member do not join what has begun: it may begin at a number, and who came later would miss what was given', async () => {
    const counter = newId();
    const mina = graph.member();
    await using first = await follow(counter, { as: mina });
    await until(() => {
      graph.counters.add(counter, 'mina');
      return first.received.length > 0;
    });
    await using late = await follow(counter, { as: mina, listeners: 2 });
    const number = graph.counters.add(counter, 'mina');
    for (const { received } of [first, late])
      await until(() => received.at(-1)?.data.stepAdded.number === number, 'both being shown the next');
  });

  it('of different members, or with other variables, share nothing', async () => {
    const counter = newId();
    const [mina, jun] = [graph.member(), graph.member()];
    await using hers = await follow(counter, { as: mina, listeners: 1 });
    await using his = await follow(counter, { as: jun, listeners: 2 });
    await using nobodys = await follow(counter, { listeners: 3 });
    await using other = await follow(newId());
    graph.counters.add(counter, 'mina');
    const viewers = await Promise.all([hers, his, nobodys].map(async (stream) => (await stream.next()).data.stepAdded));
    expect(viewers.map(({ viewer }) => viewer)).toEqual([mina.id, jun.id, null]);
    expect(viewers.map(({ by }) => by?.seenBy)).toEqual(['everybody', 'everybody', 'everybody']);
    expect(other.received).toEqual([]);
  });
});

describe('a stream', () => {
  it('ends with the session, and does not begin after it', async () => {
    const counter = newId();
    const mina = graph.member();
    await using stream = await follow(counter, { as: mina });
    await using other = await follow(counter, { listeners: 2 });
    graph.counters.add(counter, 'jun');
    expect((await stream.next()).data.stepAdded.number).toBe(1);
    graph.endSession(mina);
    const last = await stream.next();
    expect(codeOf(last)).toBe('UNAUTHENTICATED');
    expect(last.data ?? null).toBeNull();
    expect(await stream.closed).toBe('complete');
    graph.counters.add(counter, 'jun');
    await until(() => other.received.at(-1)?.data.stepAdded.number === 2);
    expect(stream.received).toHaveLength(2);
    await using again = openStream({
      url: graph.url,
      connectionParams: { authorization: `Bearer ${mina.token}` },
      operation: { query: STEPS, variables: { counter } },
    });
    expect(codeOf(await again.next())).toBe('UNAUTHENTICATED');
  });

  it('that the owner refuses says why', async () => {
    await using stream = openStream({
      url: graph.url,
      operation: { query: STEPS, variables: { counter: 'forbidden' } },
    });
    expect(codeOf(await stream.next())).toBe('FORBIDDEN');
    expect(await stream.closed).toBe('complete');
  });

  it('is limited as other operations are', async () => {
    const ask = async (query: string) => {
      await using stream = openStream({ url: graph.url, operation: { query, variables: { counter: 'a' } } });
      return codeOf(await stream.next());
    };
    const aliases = Array.from({ length: 31 }, (_, index) => `a${index}: word`).join(' ');
    expect(await ask(`subscription { stepAdded(counter: "a") { ${aliases} } }`)).toBe('LIMIT_EXCEEDED');
    expect(await ask('subscription {')).toBe('GRAPHQL_PARSE_FAILED');
    expect(await ask('subscription { nothing }')).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  it('of a socket that carries queries and mutations, too', async () => {
    await using query = openStream({ url: graph.url, operation: { query: '{ people }' } });
    expect(await query.next()).toEqual({ data: { people: 0 } });
    expect(await query.closed).toBe('complete');
  });
});

import { hiveRouterProgram, type RunningHiveRouter, startHiveRouter } from '@community/testing/hive-router';
import { openStream } from '@community/testing/live-stream';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGraph, SECRET, startLiveGraph } from './live-graph.ts';

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number viewer by { name } } }';
interface Steps {
  stepAdded: { number: number; viewer: string | null; by: { name: string } | null };
}

/** Hive Router over the test's graph; its configuration is what an operator would write. */
function startOver(graph: LiveGraph): Promise<RunningHiveRouter> {
  const urls = graph.subgraphUrls();
  const names = ['authorization', 'x-client-address', 'x-request-id', 'traceparent'];
  return startHiveRouter({
    supergraph: { source: 'file', path: graph.supergraphPath },
    override_subgraph_urls: {
      subgraphs: { counters: { url: `${urls.counters}/graphql` }, people: { url: `${urls.people}/graphql` } },
    },
    headers: {
      all: {
        request: [{ propagate: { named: names } }, { insert: { name: 'x-router-secret', value: SECRET } }],
      },
    },
    subscriptions: {
      enabled: true,
      websocket: { subgraphs: { counters: { path: '/graphql' }, people: { path: '/graphql' } } },
    },
    websocket: { enabled: true, headers: { source: 'both' } },
    traffic_shaping: { router: { dedupe: { enabled: true, headers: { include: ['authorization'] } } } },
  });
}

describe.skipIf(!hiveRouterProgram())('Hive Router', () => {
  let graph: LiveGraph;
  let router: RunningHiveRouter;
  beforeAll(async () => {
    graph = await startLiveGraph();
    router = await startOver(graph);
  });
  afterAll(async () => {
    await router?.stop();
    await graph[Symbol.asyncDispose]();
  });

  async function follow(counter: string, as: TestMember | null, listeners: number) {
    const stream = openStream<Steps>({
      url: router.url,
      connectionParams: as ? { authorization: `Bearer ${as.token}` } : {},
      operation: { query: STEPS, variables: { counter } },
    });
    await until(() => graph.counters.listeners(counter) === listeners || stream.ended, router.output());
    return stream;
  }

  it('carries streams from subgraphs to clients, equal ones once, with joined fields', async () => {
    const mina = graph.member();
    await using first = await follow('a', null, 1);
    await using second = await follow('a', null, 1);
    await using hers = await follow('a', mina, 2);
    await until(() => {
      graph.counters.add('a', 'jun');
      return second.received.length > 0;
    });
    expect(graph.counters.listeners('a')).toBe(2);
    expect((await first.next()).data.stepAdded).toMatchObject({ viewer: null, by: { name: 'name of jun' } });
    expect((await hers.next()).data.stepAdded).toMatchObject({ viewer: mina.id, by: { name: 'name of jun' } });
  });

  it('ends a stream with the session', async () => {
    const mina = graph.member();
    await using stream = await follow('b', mina, 1);
    graph.endSession(mina);
    expect((await stream.next()).errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect(await stream.closed).toBe('complete');
  });

  it('ends the streams of a killed subgraph', async () => {
    await using stream = await follow('c', null, 1);
    await graph.killCounters();
    await stream.closed;
    await graph.startCounters();
    await using again = await follow('c', null, 1);
    expect(again.ended).toBe(false);
  });
});

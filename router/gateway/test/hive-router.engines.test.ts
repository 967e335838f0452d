import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStream } from '@community/testing/live-stream';
import type { TestMember } from '@community/testing/member-key';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveGraph, SECRET, startLiveGraph } from './live-graph.ts';

const binary = process.env.HIVE_ROUTER_BIN;
if (!binary) console.warn('HIVE_ROUTER_BIN is not set: the tests of Hive Router are skipped');

const STEPS = 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number viewer by { name } } }';
interface Steps {
  stepAdded: { number: number; viewer: string | null; by: { name: string } | null };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Hive Router over the test's graph; its configuration is what an operator would write. */
async function startHiveRouter(graph: LiveGraph, program: string) {
  const port = await freePort();
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'hive-router-')), 'router.config.json');
  const urls = graph.subgraphUrls();
  const names = ['authorization', 'x-client-address', 'x-request-id', 'traceparent'];
  writeFileSync(
    file,
    JSON.stringify({
      supergraph: { source: 'file', path: graph.supergraphPath },
      http: { host: '127.0.0.1', port },
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
    }),
  );
  const child = spawn(program, [], {
    env: { PATH: process.env.PATH, ROUTER_CONFIG_FILE_PATH: file },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}/graphql`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(output);
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  }, 'Hive Router being up');
  return {
    url,
    output: () => output,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

describe.skipIf(!binary)('Hive Router', () => {
  let graph: LiveGraph;
  let router: Awaited<ReturnType<typeof startHiveRouter>>;
  beforeAll(async () => {
    graph = await startLiveGraph();
    router = await startHiveRouter(graph, binary ?? '');
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

import { openStream } from '@community/testing/live-stream';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { expect, it } from 'vitest';
import { startLiveGraph } from './live-graph.ts';

interface Report {
  operations: { operationName: string; coordinates: string[]; client: { name: string }; requests: number }[];
}

it('every client of a shared stream is reported, with what it uses', async () => {
  const reports: Report[] = [];
  const registry = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const wanted = request.url === '/usage';
    if (wanted) reports.push(JSON.parse(String(Buffer.concat(chunks))) as Report);
    response.writeHead(wanted ? 200 : 503).end();
  });
  const graph = await startLiveGraph({ registry: { registryUrl: registry.url, key: 'key', graphRef: 'test@current' } });
  const open = (name: string) =>
    openStream({
      url: graph.url,
      connectionParams: { 'apollographql-client-name': name },
      operation: {
        query: 'subscription Steps($counter: ID!) { stepAdded(counter: $counter) { number by { name } } }',
        variables: { counter: 'a' },
      },
    });
  const streams = ['web', 'web', 'mobile'].map(open);
  await until(() => {
    graph.counters.add('a', 'mina');
    return streams.every((stream) => stream.received.length > 0);
  });
  expect(graph.counters.counted.subscribes).toBe(1);
  for (const stream of streams) await stream[Symbol.asyncDispose]();
  await graph[Symbol.asyncDispose]();
  await registry.close();
  const uses = reports.flatMap(({ operations }) => operations);
  expect(uses.map(({ client, requests }) => [client.name, requests]).sort()).toEqual([
    ['mobile', 1],
    ['web', 2],
  ]);
  for (const { coordinates } of uses)
    expect(coordinates).toEqual(expect.arrayContaining(['Subscription.stepAdded', 'Step.number', 'Person.name']));
});

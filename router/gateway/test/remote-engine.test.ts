import { readJson } from '@community/kit/http';
import { newId } from '@community/kit/ids';
import { openStream } from '@community/testing/live-stream';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

interface Asked {
  readonly body: { query: string; variables?: object; operationName?: string };
  readonly headers: Record<string, unknown>;
}

let graph: LiveGraph;
let engine: Awaited<ReturnType<typeof serve>>;
let asked: Asked[] = [];
let answer: object | null = {};
beforeAll(async () => {
  engine = await serve(async (request, response) => {
    asked.push({ body: (await readJson(request)) as Asked['body'], headers: request.headers });
    if (answer === null) response.destroy();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  graph = await startLiveGraph({ engineUrl: `${engine.url}/graphql`, production: false });
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await engine.close();
});

async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data?: unknown; errors?: { message: string; extensions?: object }[] };
}

describe('an engine behind the gateway', () => {
  it('is sent what the graph is asked, with who asks, and its answer is the client’s', async () => {
    answer = { data: { people: 'from the engine' } };
    const member = graph.member();
    const query = 'query Q($no: Boolean!) { people @skip(if: $no) }';
    const got = await ask(query, { no: false }, { authorization: `Bearer ${member.token}` });
    expect(got).toEqual({ data: { people: 'from the engine' } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body).toMatchObject({ variables: { no: false } });
    expect(asked[0]?.body.query).toContain('people @skip(if: $no)');
    expect(asked[0]?.headers).toMatchObject({ authorization: `Bearer ${member.token}` });
    expect(asked[0]?.headers).not.toHaveProperty('x-router-secret');
  });

  it('is not asked for the schema, nor what the limits refuse', async () => {
    answer = { data: { people: 'x' } };
    expect(await ask('{ __schema { queryType { name } } }')).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
    expect((await ask('{ nothing }')).errors).toHaveLength(1);
    expect(asked).toHaveLength(0);
    expect(await ask('{ people __type(name: "Query") { name } }')).toEqual({
      data: { people: 'x', __type: { name: 'Query' } },
    });
    expect(asked).toHaveLength(1);
  });

  it('tells of a subgraph that is away in the graph’s words, and not where it was looked for', async () => {
    const extensions = { code: 'SUBREQUEST_HTTP_ERROR', service: 'people', reason: 'connect 127.0.0.1:1' };
    answer = { data: { people: null }, errors: [{ message: 'HTTP fetch failed: 127.0.0.1:1', extensions }] };
    const { errors } = await ask('{ people }');
    expect(errors).toMatchObject([
      {
        message: 'A part of the graph (people) does not answer at the moment. Try again.',
        extensions: { code: 'SERVICE_UNAVAILABLE' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain('127.0.0.1');
  });

  it('is missed by queries while it is away, and by live streams never', async () => {
    answer = null;
    expect((await ask('{ people }')).errors).toMatchObject([
      { message: 'The graph does not answer at the moment. Try again.', extensions: { code: 'SERVICE_UNAVAILABLE' } },
    ]);
    const counter = newId();
    await using stream = openStream<{ stepAdded: { number: number } }>({
      url: graph.url,
      operation: {
        query: 'subscription($counter: ID!) { stepAdded(counter: $counter) { number by { name } } }',
        variables: { counter },
      },
    });
    await until(() => graph.counters.listeners(counter) === 1);
    graph.counters.add(counter, 'mina');
    expect((await stream.next()).data.stepAdded.number).toBe(1);
  });
});

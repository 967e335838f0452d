import type { IncomingMessage } from 'node:http';
import { readJson } from '@community/kit/http';
import { serve } from '@community/testing/serve';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSubgraphExecutor } from './subgraph-executor.ts';

let subgraph: Awaited<ReturnType<typeof serve>>;
let answer: { status?: number; text: string | null; audience?: string } = { text: '' };
let asked: { headers: IncomingMessage['headers']; url: string | undefined; body: unknown };
const audiences: (string | undefined)[] = [];
let executor: ReturnType<typeof createSubgraphExecutor>;

beforeAll(async () => {
  subgraph = await serve(async (request, response) => {
    asked = { headers: request.headers, url: request.url, body: await readJson(request) };
    if (answer.text === null) return void response.destroy();
    if (answer.audience) response.setHeader('x-audience', answer.audience);
    response.writeHead(answer.status ?? 200).end(answer.text);
  });
  executor = createSubgraphExecutor({
    subgraphUrls: { user: `${subgraph.url}/folder` },
    routerSecret: 'secret',
    onAudience: (_, audience) => audiences.push(audience),
  });
});
afterAll(async () => {
  await executor.close();
  await subgraph.close();
});

const document = parse('query Q($id: ID!) { user(id: $id) { name } }');
const execute = (location = 'http://user/graphql') =>
  executor.at(location)({
    document,
    operationName: 'Q',
    variables: { id: '1' },
    extensions: { headers: { authorization: 'Bearer t', 'x-router-secret': 'of a client' } },
  });

describe('a subgraph', () => {
  it('is sent the document, with what may be known of the client and the secret of the router', async () => {
    answer = { text: '{"data":{"user":{"name":"Mina"}}}', audience: 'user' };
    expect(await execute()).toEqual({ data: { user: { name: 'Mina' } } });
    expect(asked.url).toBe('/folder/graphql');
    expect(asked.body).toEqual({
      query: 'query Q($id:ID!){user(id:$id){name}}',
      variables: { id: '1' },
      operationName: 'Q',
    });
    expect(asked.headers).toMatchObject({ authorization: 'Bearer t', 'x-router-secret': 'secret' });
    expect(audiences.at(-1)).toBe('user');
  });

  it('says what went wrong beside the data that there is, whatever the status', async () => {
    const errors = [{ message: 'No.', path: ['user'], extensions: { code: 'FORBIDDEN' } }];
    for (const status of [200, 401]) {
      answer = { status, text: JSON.stringify({ data: { user: null }, errors }) };
      const result = await execute();
      expect(result.data).toEqual({ user: null });
      expect(result.errors?.map((error) => error.toJSON())).toEqual([expect.objectContaining(errors[0])]);
    }
    answer = { text: JSON.stringify({ errors }) };
    expect((await execute()).data).toBeNull();
  });

  it.each([
    ['no JSON', { status: 502, text: '<h1>secret words of a proxy</h1>' }],
    ['neither data nor errors', { text: '{"data":null}' }],
    ['no object', { text: '[]' }],
    ['null', { text: 'null' }],
    ['nothing, and goes', { text: null }],
  ])('that answers %s does not answer, and its words are for nobody', async (_, given) => {
    answer = given;
    const { data, errors } = await execute();
    expect(data).toBeUndefined();
    expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
      ['A part of the graph (user) does not answer at the moment. Try again.', { code: 'SERVICE_UNAVAILABLE' }],
    ]);
  });

  it('of which no address is known does not answer', async () => {
    const { errors } = await execute('http://other/graphql');
    expect(errors?.[0]?.message).toBe('A part of the graph (other) does not answer at the moment. Try again.');
  });
});

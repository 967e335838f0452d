import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph();
});
afterAll(() => graph[Symbol.asyncDispose]());

const JSON_TYPE = 'application/json';
const RESPONSE_TYPE = 'application/graphql-response+json';

/** The status of an answer, and the code of its error. */
async function ask(body: string, accept: string): Promise<[number, string]> {
  const headers = { 'content-type': 'application/json', accept };
  const response = await fetch(graph.url, { method: 'POST', headers, body });
  expect(response.headers.get('content-type')).toContain(accept);
  const { errors } = (await response.json()) as { errors: [{ extensions: { code: string } }] };
  return [response.status, errors[0].extensions.code];
}

it.each(['{', '', '{}', '{"query":null}', '{"query":5}', '{"query":"{ people }","variables":"x"}'])(
  'what is no request is answered by its status, whatever the client takes: %s',
  async (body) => {
    for (const accept of [JSON_TYPE, RESPONSE_TYPE]) expect(await ask(body, accept)).toEqual([400, 'BAD_REQUEST']);
  },
);

it.each([
  ['{"query":"{"}', 'GRAPHQL_PARSE_FAILED'],
  ['{"query":"{ nothing }"}', 'GRAPHQL_VALIDATION_FAILED'],
])('a document that is not valid is wrong in the media type of GraphQL alone: %s', async (body, code) => {
  expect(await ask(body, JSON_TYPE)).toEqual([200, code]);
  expect(await ask(body, RESPONSE_TYPE)).toEqual([400, code]);
});

it('a body that is too large is refused while it comes', async () => {
  const chunk = new Uint8Array(256 * 1024).fill(32);
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(chunk) });
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] });
});

it.each(['variables=x', 'extensions=%7B', 'variables=%7B'])('a GET is refused whose %s is no JSON', async (search) => {
  const headers = { 'apollo-require-preflight': 'yes', accept: JSON_TYPE };
  const response = await fetch(`${graph.url}?query=%7B__typename%7D&${search}`, { headers });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

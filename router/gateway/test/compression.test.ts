import { gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveGraph, startLiveGraph } from './live-graph.ts';

let graph: LiveGraph;
beforeAll(async () => {
  graph = await startLiveGraph({ production: false });
});
afterAll(() => graph[Symbol.asyncDispose]());

// Not by fetch: it asks for compressed answers, and unfolds them, by itself.
const ask = (query: string, headers: Record<string, string> = {}, fold = (body: string): string | Buffer => body) =>
  request(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: fold(JSON.stringify({ query })),
  });
const LARGE = '{ __schema { types { name description fields { name description } } } }';

it('a large answer is compressed for who understands it, and caches are told that there are two', async () => {
  const folded = await ask(LARGE, { 'accept-encoding': 'gzip' });
  expect(folded.headers).toMatchObject({
    'content-encoding': 'gzip',
    vary: expect.stringContaining('Accept-Encoding'),
  });
  await folded.body.dump();
  const plain = await ask(LARGE);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.headers.vary).toContain('Accept-Encoding');
  // As for every other answer, whose origin may read it.
  expect(plain.headers.vary).toContain('origin');
  expect(await plain.body.json()).toHaveProperty('data.__schema');
});

it('a small answer is sent as it is', async () => {
  const { headers, body } = await ask('{ __typename }', { 'accept-encoding': 'gzip' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(await body.json()).toEqual({ data: { __typename: 'Query' } });
});

it('a compressed request is refused, before it is unfolded', async () => {
  const { statusCode, body } = await ask('{ __typename }', { 'content-encoding': 'gzip' }, gzipSync);
  expect(statusCode).toBe(415);
  expect(await body.json()).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_CONTENT_ENCODING' } }] });
});

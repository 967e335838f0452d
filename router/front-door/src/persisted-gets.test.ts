import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { serve } from '@community/testing/serve';
import { expect, it, onTestFinished } from 'vitest';
import { preparePersistedGet } from './persisted-gets.ts';

const DATA = '{"data":{"boards":[]}}';

/** What a client is sent of an answer that an engine gives. */
async function ask(engine: RequestListener, search: string, init: RequestInit = {}): Promise<Response> {
  const server = await serve((request, response) => {
    preparePersistedGet(request, response);
    engine(request, response);
  });
  onTestFinished(() => server.close());
  return fetch(`${server.url}/graphql?${search}`, init);
}

const answer =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);

it('lets caches keep what everybody is answered, for the id that Apollo’s clients and others send', async () => {
  const apollo = `extensions=${encodeURIComponent('{"persistedQuery":{"version":1,"sha256Hash":"a1"}}')}`;
  for (const search of ['documentId=a1', apollo]) {
    const response = await ask(answer(DATA, 200, { vary: 'Accept-Encoding' }), search);
    expect(response.headers.get('cache-control')).toMatch(/^public, max-age=\d+/);
    expect(response.headers.get('vary')).toBe('Accept-Encoding, Authorization, Cookie, apollographql-client-name');
    expect(await response.text()).toBe(DATA);
  }
});

it('lets no cache share what is a member’s, and none keep what failed', async () => {
  const authorization = 'Bearer token';
  const hers = await ask(answer(DATA), 'documentId=a1', { headers: { authorization } });
  expect(hers.headers.get('cache-control')).toBe('private, no-cache');
  for (const failed of [
    answer('{"data":null,"errors":[{"message":"no"}]}'),
    answer(gzipSync('{"data":null,"errors":[]}'), 200, { 'content-encoding': 'gzip' }),
    answer('{"data":{}}', 503),
    answer('no JSON'),
    answer(DATA, 200, { 'content-encoding': 'unknown' }),
  ]) {
    const response = await ask(failed, 'documentId=a1', { decompress: false } as RequestInit).catch((error) => error);
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

it('reads an answer that is compressed', async () => {
  const response = await ask(answer(gzipSync(DATA), 200, { 'content-encoding': 'gzip' }), 'documentId=a1');
  expect(response.headers.get('cache-control')).toContain('public');
  expect(await response.text()).toBe(DATA);
});

it('sends what is too large to be held, piece by piece, for no cache', async () => {
  const piece = 'x'.repeat(700_000);
  const response = await ask((_, out) => {
    out.writeHead(200);
    out.write(piece);
    out.write(piece);
    out.end('end');
  }, 'documentId=a1');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toBe(`${piece}${piece}end`);
});

it('leaves alone what is no GET by id alone, and streams', async () => {
  for (const [search, init] of [
    ['query={boards{id}}&documentId=a1', {}],
    ['extensions=[', {}],
    ['documentId=a1', { method: 'POST' }],
    ['documentId=a1', { headers: { accept: 'text/event-stream' } }],
  ] as const)
    expect((await ask(answer(DATA), search, init)).headers.get('cache-control')).toBeNull();
});

it('gives such a GET the header by which engines know that no other site sent it', async () => {
  const told: RequestListener = (request, response) =>
    void response.end(JSON.stringify({ data: request.headers['apollo-require-preflight'] ?? null }));
  expect(await (await ask(told, 'documentId=a1')).json()).toEqual({ data: 'persisted' });
  expect(await (await ask(told, 'query={a}')).json()).toEqual({ data: null });
});

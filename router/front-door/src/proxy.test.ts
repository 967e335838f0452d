import { createServer, type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { createLog } from '@community/kit/log';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { request as undici } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { createOperationGuard } from './operation-guard.ts';
import { createProxy } from './proxy.ts';

/** A proxy before an engine that answers as a test wants. */
async function openProxy(engine: RequestListener, prepare: (request: IncomingMessage) => void = () => {}) {
  const behind = await serve(engine);
  const proxy = createProxy({
    url: `${behind.url}/graphql`,
    readyUrl: `${behind.url}/ready`,
    guard: createOperationGuard(),
    log: createLog('test', 'silent'),
  });
  const front = await serve((incoming: IncomingMessage, response: ServerResponse) => {
    prepare(incoming);
    proxy.handle(incoming, response);
  });
  onTestFinished(async () => {
    await proxy.close();
    await front.close();
    await behind.close();
  });
  return { url: `${front.url}/graphql`, proxy, behind };
}

const JSON_TYPE = { 'content-type': 'application/json' };

const bodyOf = async (incoming: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return body;
};

it('hands on what a client asks, and what the engine answers', async () => {
  const { url } = await openProxy(async (incoming, response) => {
    const { method, url: path, headers } = incoming;
    response.writeHead(201, { 'x-kept': 'yes', connection: 'x-hop', 'x-hop': 'no' });
    response.end(JSON.stringify({ method, path, body: await bodyOf(incoming), kind: headers['x-kind'] }));
  });
  const headers = { ...JSON_TYPE, 'x-kind': 'mine' };
  const response = await fetch(`${url}?documentId=1`, { method: 'POST', body: '{"a":1}', headers });
  expect(response.status).toBe(201);
  expect([response.headers.get('x-kept'), response.headers.get('x-hop')]).toEqual(['yes', null]);
  expect(await response.json()).toEqual({
    method: 'POST',
    path: '/graphql?documentId=1',
    body: '{"a":1}',
    kind: 'mine',
  });
});

it('compresses what is worth it for who understands it, and caches are told that there are two', async () => {
  const long = JSON.stringify({ data: 'x'.repeat(2_000) });
  const { url } = await openProxy(async (incoming, response) => {
    const answer = (await bodyOf(incoming)).includes('long') ? long : '{"data":"short"}';
    response.writeHead(200, { ...JSON_TYPE, 'content-length': answer.length }).end(answer);
  });
  // Not by fetch: it asks for compressed answers, and unfolds them, by itself.
  const ask = (which: string, encoding: string) =>
    undici(url, { method: 'POST', headers: { ...JSON_TYPE, 'accept-encoding': encoding }, body: `{"${which}":1}` });
  const folded = await ask('long', 'br, gzip');
  expect(folded.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  expect(String(gunzipSync(Buffer.from(await folded.body.arrayBuffer())))).toBe(long);
  const plain = await ask('long', 'identity');
  expect(plain.headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': String(long.length) });
  expect(await plain.body.text()).toBe(long);
  const short = await ask('short', 'gzip');
  expect(short.headers['content-encoding']).toBeUndefined();
  expect(await short.body.text()).toBe('{"data":"short"}');
});

it('hands on a body that was read before it', async () => {
  const { url } = await openProxy(
    async (incoming, response) => void response.end(await bodyOf(incoming)),
    (incoming) => Object.assign(incoming, { body: '{"query":"{ __typename }"}' }),
  );
  const response = await fetch(url, { method: 'POST', body: 'sent', headers: JSON_TYPE });
  expect(await response.text()).toBe('{"query":"{ __typename }"}');
});

it('keeps from the engine what asks too much, and what it cannot read', async () => {
  let asked = 0;
  const { url } = await openProxy((_, response) => {
    asked += 1;
    response.end('{}');
  });
  const deep = `{ ${'a { '.repeat(13)} b ${'}'.repeat(13)} }`;
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body, headers: { ...JSON_TYPE, ...headers } });
  for (const [response, status, code] of [
    [await post(JSON.stringify({ query: deep })), 400, 'LIMIT_EXCEEDED'],
    [await post(JSON.stringify({ query: deep }), { accept: 'text/event-stream' }), 400, 'LIMIT_EXCEEDED'],
    [await fetch(`${url}?query=${encodeURIComponent(deep)}`), 400, 'LIMIT_EXCEEDED'],
    [await fetch(`${url}?query=${encodeURIComponent(deep)}&variables={`), 400, 'LIMIT_EXCEEDED'],
    [await post('x', { 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [await post('x', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [await post(`"${'x'.repeat(1_100_000)}"`), 413, 'BODY_TOO_LARGE'],
  ] as const) {
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  }
  expect(asked).toBe(0);
});

it('passes each event of a stream when it comes, and ends it when the client goes', async () => {
  let stream: ServerResponse | undefined;
  let isOver = false;
  const { url } = await openProxy((_, response) => {
    stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('first').valueOf();
    response.once('close', () => {
      isOver = true;
    });
  });
  const aborting = new AbortController();
  const response = await fetch(url, { signal: aborting.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await next()).toBe('first');
  stream?.write('second');
  expect(await next()).toBe('second');
  aborting.abort();
  await until(() => isOver, 'the engine being told');
});

it('does not read from the engine what the client does not take', async () => {
  const CHUNK = Buffer.alloc(64 * 1_024);
  const MOST = 1_000;
  let written = 0;
  let isFull = false;
  const { url } = await openProxy(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    while (written < MOST) {
      written += 1;
      if (response.write(CHUNK)) continue;
      isFull = true;
      await new Promise((resolve) => response.once('drain', resolve));
      isFull = false;
    }
    response.end();
  });
  const received = await new Promise<IncomingMessage>((resolve) => request(url, resolve).end());
  let before = -1;
  await until(() => {
    const isStill = isFull && written === before;
    before = written;
    return isStill;
  }, 'the engine having to wait');
  expect(written).toBeLessThan(MOST);
  let bytes = 0;
  for await (const chunk of received) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(MOST * CHUNK.length);
});

it('says in the words of the graph that the engine is away, and sees when it is back', async () => {
  const { url, proxy, behind } = await openProxy((_, response) => void response.end('{"data":{"__typename":"Query"}}'));
  expect(await proxy.ready()).toBe(true);
  const { port } = new URL(behind.url);
  await behind.close();
  expect(await proxy.ready()).toBe(false);
  const response = await fetch(url, { method: 'POST', body: '{}', headers: JSON_TYPE });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] });
  const again = createServer((_, answer) => void answer.end('{"data":{"__typename":"Query"}}'));
  await new Promise<void>((resolve) => again.listen(Number(port), '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => again.close(() => resolve())));
  await until(() => proxy.ready(), 'the engine being found again');
});

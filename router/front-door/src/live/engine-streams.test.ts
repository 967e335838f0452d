import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLog } from '@community/kit/log';
import { openStream } from '@community/testing/live-stream';
import { createMemberKey } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { expect, it, onTestFinished } from 'vitest';
import { manifestOf, openPersistedDocuments } from '../persisted-documents.ts';
import { createRemoteEngine } from '../remote-engine.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const STEPS = 'subscription { stepAdded { number } }';
const { token } = createMemberKey().member();
const authorization = `Bearer ${token}`;

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  readonly response: ServerResponse;
  isOver: boolean;
}

/** A front door's live end before an engine that a test speaks for. @param manifest the file of persisted documents */
async function openLive(manifest?: string) {
  const asked: Asked[] = [];
  const engine = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const one: Asked = { headers: request.headers, body: JSON.parse(body), response, isOver: false };
    response.once('close', () => {
      one.isOver = true;
    });
    asked.push(one);
  });
  const log = createLog('front-door', 'silent');
  const remote = createRemoteEngine({
    url: `${engine.url}/graphql`,
    readyUrl: engine.url,
    documents: openPersistedDocuments(manifest, log),
    log,
  });
  const server = createServer((request, response) => remote.handle(request, response));
  server.on('upgrade', (request, socket, head) => remote.upgrade(request, socket, head, async () => null));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  onTestFinished(async () => {
    await remote.drain();
    await remote.close();
    server.closeAllConnections();
    server.close();
    await engine.close();
  });
  const follow = (connectionParams: Record<string, unknown> = {}, query = STEPS) => {
    const stream = openStream({
      url,
      connectionParams,
      headers: { 'x-client-address': '192.0.2.1', 'x-request-id': String(asked.length) },
      operation: { query },
    });
    onTestFinished(() => stream[Symbol.asyncDispose]());
    return stream;
  };
  return { url, asked, engine, follow };
}

const begin = ({ response }: Asked) => response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
const step = (number: number) => `{"data":{"stepAdded":{"number":${number}}}}`;

it('asks the engine once for all who ask the same, and says nothing of them but what client it is', async () => {
  const { asked, follow } = await openLive();
  const streams = ['web', 'web', 'app'].map((name) => follow({ 'apollographql-client-name': name }));
  await until(() => asked.length === 2);
  for (const one of asked) {
    begin(one);
    // In pieces, as they may come.
    for (const piece of [':\n\nevent: next\nda', `ta: ${step(1)}`, `\n\nevent: next\ndata: ${step(2)}\n\n`])
      one.response.write(piece);
  }
  for (const stream of streams) {
    expect(await stream.next()).toEqual({ data: { stepAdded: { number: 1 } } });
    expect(await stream.next()).toEqual({ data: { stepAdded: { number: 2 } } });
  }
  expect(asked.map(({ headers }) => headers['apollographql-client-name']).sort()).toEqual(['app', 'web']);
  for (const { headers, body } of asked) {
    expect(body).toEqual({ query: STEPS });
    expect(headers).not.toHaveProperty('x-client-address');
    expect(headers).not.toHaveProperty('x-request-id');
  }
  const web = asked.find(({ headers }) => headers['apollographql-client-name'] === 'web');
  streams[0]?.stop();
  streams[2]?.stop();
  await until(() => asked.find((one) => one !== web)?.isOver === true, 'the stream nobody listens to any more');
  expect(web?.isOver).toBe(false);
  web?.response.end('event: complete\n\n');
  expect(await streams[1]?.closed).toBe('complete');
});

it('knows which persisted documents are streams, whichever protocol they are asked for by', async () => {
  const manifest = path.join(mkdtempSync(path.join(tmpdir(), 'manifest-')), 'documents.json');
  writeFileSync(manifest, manifestOf([{ id: 'steps', body: STEPS }]));
  const { url, asked } = await openLive(manifest);
  const ask = (accept: string) => fetch(`${url}?documentId=steps`, { headers: { accept } });
  const answers = await Promise.all([ask('text/event-stream'), ask('multipart/mixed;subscriptionSpec="1.0"')]);
  await until(() => asked.length === 1);
  expect(asked[0]?.body).toEqual({ documentId: 'steps' });
  begin(asked[0] as Asked);
  asked[0]?.response.end(`event: next\ndata: ${step(1)}\n\nevent: complete\n\n`);
  const [events, parts] = await Promise.all(answers.map((answer) => answer.text()));
  expect(events).toContain(`event: next\ndata: ${step(1)}\n\n`);
  expect(parts).toContain(`{"payload":${step(1)}}\r\n--graphql--`);
});

it('tells the engine who a member is as far as it is known, and that her stream is one of its own', async () => {
  const { asked, follow } = await openLive();
  const lies = { 'x-client-address': '198.51.100.9', 'x-router-secret': 'guess', 'x-audience': 'user' };
  follow({ authorization, ...lies });
  await until(() => asked.length === 1);
  begin(asked[0] as Asked);
  asked[0]?.response.write(`event: next\ndata: ${step(1)}\n\n`);
  follow({ authorization });
  await until(() => asked.length === 2);
  const [{ headers: first }, { headers: other }] = asked as [Asked, Asked];
  expect(first).toMatchObject({ authorization, 'x-client-address': '192.0.2.1', 'x-request-id': '0' });
  expect(first).not.toHaveProperty('x-router-secret');
  expect(first).not.toHaveProperty('x-audience');
  expect(other).toMatchObject({ authorization });
});

it('answers what is no stream by the result, and in its own words when there is none', async () => {
  const { asked, follow } = await openLive();
  const streams = [follow({}, '{ a }'), follow({}, '{ b }')];
  await until(() => asked.length === 2);
  for (const { body, response } of asked)
    if ((body as { query: string }).query === '{ a }') response.writeHead(200, JSON_TYPE).end('{"data":{"a":1}}');
    else response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
  expect(await streams[0]?.next()).toEqual({ data: { a: 1 } });
  expect((await streams[1]?.next())?.errors?.[0]?.extensions?.code).toBe('SERVICE_UNAVAILABLE');
  for (const stream of streams) expect(await stream.closed).toBe('complete');
});

it('keeps from the engine what asks too much', async () => {
  const { asked, follow } = await openLive();
  const stream = follow({}, `subscription { ${'a { '.repeat(13)} b ${'}'.repeat(13)} }`);
  expect((await stream.next()).errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  expect(await stream.closed).toBe('complete');
  expect(asked).toEqual([]);
});

it('tells clients of a lost engine to come again: a socket by its code, a stream over HTTP by an error', async () => {
  const { url, asked, engine, follow } = await openLive();
  const overSocket = follow();
  const headers = { ...JSON_TYPE, accept: 'text/event-stream' };
  const overHttp = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: STEPS }) });
  await until(() => asked.length === 1);
  begin(asked[0] as Asked);
  asked[0]?.response.write(`event: next\ndata: ${step(1)}\n\n`);
  await overSocket.next();
  asked[0]?.response.destroy();
  expect(await overSocket.closed).toMatchObject({ code: 1012 });
  const text = await overHttp.text();
  expect(text).toContain('SERVICE_UNAVAILABLE');
  expect(text.trimEnd()).toMatch(/event: complete\ndata:$/);
  await engine.close();
  expect(await follow().closed).toMatchObject({ code: 1012 });
});

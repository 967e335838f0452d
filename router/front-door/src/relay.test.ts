import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@community/testing/wait';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { Admit } from './front-door.ts';
import { createOperationGuard } from './operation-guard.ts';
import { createRelay } from './relay.ts';

const PROTOCOL = 'graphql-transport-ws';

/** A relay before an engine whose sockets a test speaks for. */
async function openRelay(
  admit: Admit = async () => null,
  headers: Record<string, string> = { authorization: 'Bearer hers', 'x-client-address': '192.0.2.1' },
) {
  const engine = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => PROTOCOL });
  const heard: string[] = [];
  const engineSockets: WebSocket[] = [];
  engine.on('connection', (socket) => {
    engineSockets.push(socket);
    socket.on('message', (data) => heard.push(String(data)));
  });
  await new Promise((resolve) => engine.once('listening', resolve));
  const relay = createRelay(
    `http://127.0.0.1:${(engine.address() as AddressInfo).port}/graphql`,
    createOperationGuard(),
  );
  const server = createServer();
  server.on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head, admit));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, PROTOCOL, {
    headers,
  });
  const said: string[] = [];
  client.on('message', (data) => said.push(String(data)));
  const closed = new Promise<number>((resolve) => client.once('close', resolve));
  onTestFinished(async () => {
    client.terminate();
    await relay.stop();
    for (const socket of engineSockets) socket.terminate();
    engine.close();
    server.close();
  });
  await new Promise((resolve) => client.once('open', resolve));
  return { client, said, closed, heard, engineSockets };
}

const INIT = '{"type":"connection_init","payload":{"authorization":"Bearer given"}}';
/** The same with what the front door knows. */
const KNOWN_INIT =
  '{"type":"connection_init","payload":{"authorization":"Bearer given","x-client-address":"192.0.2.1"}}';
/** A message without what tells a member's operation from others that ask the same. */
const without = (message: string) => message.replace(/,"extensions":\{"x-unshared":"[\w-]{36}"\}/, '');
const subscribe = (id: string) => JSON.stringify({ type: 'subscribe', id, payload: { query: '{ a }' } });

it('passes messages both ways in their order', async () => {
  const { client, said, heard, engineSockets } = await openRelay();
  for (const message of [INIT, subscribe('1'), '{"type":"ping"}']) client.send(message);
  await until(() => heard.length === 3);
  expect(heard.map(without)).toEqual([KNOWN_INIT, subscribe('1'), '{"type":"ping"}']);
  engineSockets[0]?.send('{"type":"connection_ack"}');
  engineSockets[0]?.send('{"type":"pong"}');
  await until(() => said.length === 2);
  expect(said).toEqual(['{"type":"connection_ack"}', '{"type":"pong"}']);
});

it('counts each operation for whom connection_init has named, and tells what is refused by itself', async () => {
  const counted: (string | undefined)[] = [];
  const { client, said, heard } = await openRelay(async (authorization) => {
    counted.push(authorization);
    return counted.length > 1 ? { code: 'RATE_LIMITED', message: 'Too many' } : null;
  });
  for (const message of [INIT, subscribe('1'), subscribe('2')]) client.send(message);
  await until(() => said.length === 1);
  expect(JSON.parse(said[0] ?? '')).toEqual({
    id: '2',
    type: 'error',
    payload: [{ message: 'Too many', extensions: { code: 'RATE_LIMITED' } }],
  });
  expect(counted).toEqual(['Bearer given', 'Bearer given']);
  expect(heard.map(without)).toEqual([KNOWN_INIT, subscribe('1')]);
});

it('tells the engine what is known of a client, and not what she says that others are', async () => {
  const { client, heard } = await openRelay();
  const lies = { 'x-client-address': '198.51.100.9', 'x-router-secret': 'guess', 'x-audience': 'user' };
  client.send(JSON.stringify({ type: 'connection_init', payload: { ...lies, 'apollographql-client-name': 'web' } }));
  await until(() => heard.length === 1);
  expect(JSON.parse(heard[0] ?? '').payload).toEqual({
    authorization: 'Bearer hers',
    'x-client-address': '192.0.2.1',
    'apollographql-client-name': 'web',
  });
});

it('tells operations of a member from each other, and leaves those alike that nobody is named in', async () => {
  const ofMember = await openRelay();
  const ofNobody = await openRelay(undefined, {});
  for (const { client, heard } of [ofMember, ofNobody]) {
    for (const message of ['{"type":"connection_init"}', subscribe('1'), subscribe('2')]) client.send(message);
    await until(() => heard.length === 3);
  }
  const extensions = ofMember.heard.slice(1).map((message) => JSON.parse(message).payload.extensions['x-unshared']);
  expect(new Set(extensions).size).toBe(2);
  expect(ofNobody.heard.slice(1)).toEqual([subscribe('1'), subscribe('2')]);
});

it('carries a hundred operations at a time, and another for each that has ended', async () => {
  const { client, said, heard, engineSockets } = await openRelay();
  client.send(INIT);
  for (let id = 1; id <= 101; id += 1) client.send(subscribe(String(id)));
  await until(() => said.length === 1);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({
    id: '101',
    payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS' } }],
  });
  expect(heard).toHaveLength(101);
  // What only looks like an end is none.
  engineSockets[0]?.send('{"id":"1","type":"next","payload":{"data":{"a":{"type":"complete"}}}}');
  engineSockets[0]?.send('{"id":"1","type":"complete"}');
  client.send('{"id":"2","type":"complete"}');
  await until(() => said.length === 3 && heard.length === 102);
  for (const id of ['102', '103', '104']) client.send(subscribe(id));
  await until(() => said.length === 4);
  expect(JSON.parse(said[3] ?? '')).toMatchObject({ id: '104', type: 'error' });
  expect(heard).toHaveLength(104);
});

it('closes with what the other side has closed with', async () => {
  const { closed, engineSockets } = await openRelay();
  await until(() => engineSockets.length === 1);
  engineSockets[0]?.close(4403, 'Forbidden');
  expect(await closed).toBe(4403);
});

it('tells a client whose engine has died, so that she comes again', async () => {
  const { closed, engineSockets } = await openRelay();
  await until(() => engineSockets.length === 1);
  engineSockets[0]?.terminate();
  expect(await closed).toBe(1011);
});

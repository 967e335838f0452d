import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInProcessEphemeral } from '@community/ephemeral/in-process/in-process-ephemeral';
import { createLog } from '@community/kit/log';
import { createMemberTokenVerifier } from '@community/kit/member-token';
import { createMemberKey } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { onTestFinished } from 'vitest';
import { createFrontDoor } from './front-door.ts';
import type { FrontDoorOptions } from './options.ts';

export const SECRET = 'router-secret-of-tests-0123456789abcdef';

/** An operation that reached auth. */
export interface Asked {
  query: string;
  variables: { input: Record<string, string> };
}

/** A front door over faked subgraphs and an engine that only says what reached it; it is closed when the test ends. */
export async function openDoor(options: Partial<FrontDoorOptions> = {}) {
  const closing: (() => Promise<void>)[] = [];
  const keys = createMemberKey();
  const member = keys.member();
  const asked: Asked[] = [];
  const problems: Record<string, object> = {};
  const auth = await serve(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/jwks.json') return void response.end(JSON.stringify(keys.jwks));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    asked.push(body);
    const operation = /\{ (\w+)\(/.exec(body.query)?.[1] ?? '';
    const success = {
      __typename: `${operation}Success`,
      account: { id: member.id, roles: ['MEMBER'] },
      session: {
        accessToken: member.token,
        accessTokenExpiresAt: new Date(Date.now() + 600_000),
        refreshToken: `refresh-${asked.length}`,
        refreshTokenExpiresAt: new Date(Date.now() + 86_400_000),
      },
    };
    response.end(JSON.stringify({ data: { [operation]: problems[operation] ?? success } }));
  });
  closing.push(auth.close);
  const reached: IncomingMessage['headers'][] = [];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = createLog('front-door', 'silent');
  const door = createFrontDoor({
    authUrl: auth.url,
    notificationUrl: auth.url,
    routerSecret: SECRET,
    production: true,
    publicUrl: url,
    corsOrigins: ['https://app.example.com'],
    trustedProxies: [],
    rateLimits: 'test',
    limits: createInProcessEphemeral({ log }),
    tokens: createMemberTokenVerifier({ fetchJwks: async () => keys.jwks }),
    audiences: { now: async () => null },
    bodyBytes: 1_024 * 1_024,
    unsharedHeaders: [],
    log,
    ...options,
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) =>
    door.handle(request, response, (prepared, answer) => {
      reached.push(prepared.headers);
      prepared.resume();
      answer.end('{"data":{}}');
    }),
  );
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const send = (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
    fetch(url + path, { method: 'POST', ...init });
  const json = { 'content-type': 'application/json' };
  onTestFinished(async () => {
    for (const part of closing) await part();
  });
  return { url, keys, member, asked, problems, auth, reached, send, json };
}

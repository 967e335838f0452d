import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@community/testing/wait';
import { afterEach, describe, expect, it } from 'vitest';
import { createServiceClient, ServiceUnavailableError } from './service-client.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A service that answers with the given statuses in turn, the last one for ever; 0 never answers. */
async function service(statuses: number[], timeoutMs = 5_000) {
  const seen: { path: string; secret: unknown }[] = [];
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', secret: request.headers['x-service-secret'] });
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status) response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ status }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const client = createServiceClient({
    name: 'user',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: 's',
    timeoutMs,
  });
  return { client, seen };
}

describe('a call of another service', () => {
  it('carries the secret and gives back what was answered, refusals too', async () => {
    const { client, seen } = await service([409]);
    expect(await client.post('/internal/x', { a: 1 })).toEqual({ status: 409, body: { status: 409 } });
    expect(seen).toEqual([{ path: '/internal/x', secret: 's' }]);
  });

  it('is repeated when the service fails for a moment', async () => {
    const { client, seen } = await service([503, 500, 200]);
    expect((await client.get('/x')).status).toBe(200);
    expect(seen).toHaveLength(3);
  });

  it('gives up on a service that never answers, then does not even ask it for a while', async () => {
    const { client, seen } = await service([0], 100);
    for (let i = 0; i < 2; i += 1) await expect(client.get('/x')).rejects.toThrow(ServiceUnavailableError);
    const asked = seen.length;
    await expect(client.get('/x')).rejects.toThrow('user does not answer');
    expect(seen).toHaveLength(asked);
  });

  it('asks a service again that is back', async () => {
    const { client, seen } = await service([...Array(8).fill(500), 200]);
    for (let i = 0; i < 2; i += 1) await client.get('/x').catch(() => {});
    await expect(client.get('/x')).rejects.toThrow('user does not answer');
    expect(seen).toHaveLength(8);
    expect((await until(() => client.get('/x'), 'an answer')).status).toBe(200);
  });
});

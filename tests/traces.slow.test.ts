import { randomBytes } from 'node:crypto';
import { readBody } from '@community/kit/http';
import { hiveRouterProgram } from '@community/testing/hive-router';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { expect, it } from 'vitest';
import { startPlatform } from './platform.ts';

const ENGINES = [
  ['gateway', ['gateway'], it],
  ['hive-router', ['front-door', 'hive-router'], hiveRouterProgram() ? it : it.skip],
] as const;

for (const [router, between, test] of ENGINES)
  test(`the trace of a client is told to the collector by every process it passes, on --router ${router}`, async () => {
    const reports: { url: string | undefined; key: unknown; body: Buffer }[] = [];
    await using collector = await serve(async (request, response) => {
      reports.push({ url: request.url, key: request.headers['x-key'], body: await readBody(request) });
      response.end();
    });
    await using platform = await startPlatform({
      args: ['--router', router],
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
    });
    const traceId = randomBytes(16).toString('hex');
    const response = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      body: '{"query":"{ boards { slug } user(handle: \\"nobody\\") { id } }"}',
    });
    expect(await response.json()).toEqual({ data: { boards: [], user: null } });
    // As JSON or as protocol buffers.
    const told = ({ body }: { body: Buffer }) => body.includes(traceId) || body.includes(Buffer.from(traceId, 'hex'));
    for (const service of [...between, 'content', 'user']) {
      const report = await until(
        () => reports.find((one) => told(one) && one.body.includes(`community-${service}`)),
        `the collector being told of the trace by ${service}`,
      );
      expect(report).toMatchObject({ url: '/v1/traces', key: 'a key' });
    }
  });

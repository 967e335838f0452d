import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { composeSupergraph } from '@community/rover/compose';
import { startProgram } from '@community/testing/program';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import { expect, it } from 'vitest';
import { SECRET } from './live-graph.ts';

const { HOME, HIVE_ROUTER_BIN } = process.env;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * What a collector of traces gets to know from an engine that is told of it as every process of the platform is.
 * @param services by which names its processes tell
 * @param start starts the engine by a main module, and gives its `/graphql`
 */
export function traceSuite(
  name: string,
  services: readonly string[],
  start: (
    run: (
      main: string,
      isReady: (port: number) => Promise<boolean>,
      env?: Readonly<Record<string, string>>,
    ) => Promise<{ port: number; stop(): Promise<void> }>,
  ) => Promise<{ url: string; stop(): Promise<void> }>,
): void {
  it(`the trace of a client reaches subgraphs and the collector of traces, on ${name}`, async () => {
    const reports: { url: string | undefined; key: unknown; body: Buffer }[] = [];
    const collector = await serve(async (request, response) => {
      reports.push({ url: request.url, key: request.headers['x-key'], body: await bodyOf(request) });
      response.end();
    });
    const parents: (string | undefined)[] = [];
    const subgraph = await serve((request, response) => {
      parents.push(request.headers.traceparent as string | undefined);
      request.resume();
      response.setHeader('content-type', 'application/json').end('{"data":{"hello":"hello"}}');
    });
    const sdl = 'type Query { hello: String }';
    const composed = composeSupergraph([{ name: 'greeter', url: 'http://greeter/graphql', sdl }]);
    if ('errors' in composed) throw new Error(JSON.stringify(composed.errors));
    const supergraphPath = path.join(mkdtempSync(path.join(tmpdir(), 'traces-')), 'supergraph.graphql');
    writeFileSync(supergraphPath, composed.supergraph);

    const run = async (main: string, isReady: (port: number) => Promise<boolean>, more = {}) => {
      const port = await freePort();
      const env = {
        ...more,
        ...{ HOME, HIVE_ROUTER_BIN, PORT: String(port), LOG_LEVEL: 'warn', NODE_ENV: 'production' },
        ...{ SUPERGRAPH_PATH: supergraphPath, ROUTER_SECRET: SECRET, SUBGRAPH_URL_GREETER: subgraph.url },
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20key',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      };
      const running = await startProgram(
        process.execPath,
        () => ({ args: ['--import', 'tsx', main], env }),
        () => isReady(port),
      );
      return { port, stop: running.stop };
    };
    const engine = await start(run);
    try {
      const traceId = randomBytes(16).toString('hex');
      const response = await fetch(engine.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
        body: '{"query":"{ hello }"}',
      });
      expect(await response.json()).toEqual({ data: { hello: 'hello' } });
      expect(parents).toEqual([expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`))]);
      // As JSON or as protocol buffers.
      const told = ({ body }: { body: Buffer }) => body.includes(traceId) || body.includes(Buffer.from(traceId, 'hex'));
      for (const service of services) {
        const report = await until(
          () => reports.find((one) => told(one) && one.body.includes(service)),
          `the collector being told of the trace by ${service}`,
        );
        expect(report).toMatchObject({ url: '/v1/traces', key: 'a key' });
      }
    } finally {
      await engine.stop();
      await Promise.all([collector.close(), subgraph.close()]);
    }
  }, 120_000);
}

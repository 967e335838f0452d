import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { until } from '@community/testing/wait';

export const HIVE_ROUTER = process.env.HIVE_ROUTER_BIN;
if (!HIVE_ROUTER) console.warn('HIVE_ROUTER_BIN is not set: the tests of Hive Router are skipped');

export interface RunningHiveRouter {
  readonly url: string;
  /** What it has written so far. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Starts the real Hive Router with a configuration of its own form, and waits until it serves.
 * @param probe `health` waits only until it listens
 * @throws Error with what it wrote when it ends before
 */
export async function startHiveRouter(
  config: object,
  probe: 'readiness' | 'health' = 'readiness',
): Promise<RunningHiveRouter> {
  const folder = mkdtempSync(path.join(tmpdir(), 'hive-router-'));
  const port = await freePort();
  const file = path.join(folder, 'router.config.json');
  const whole = { log: { level: 'info', format: 'json' }, http: { host: '127.0.0.1', port }, ...config };
  writeFileSync(file, JSON.stringify(whole));
  const { PATH, HOME } = process.env;
  const child = spawn(String(HIVE_ROUTER), [], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, ROUTER_CONFIG_FILE_PATH: file },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await exited;
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    await until(
      async () => child.exitCode !== null || (await fetch(`http://127.0.0.1:${port}/${probe}`)).ok,
      'Hive Router being up',
      60_000,
    );
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`);
  }
  return { url: `http://127.0.0.1:${port}/graphql`, output: () => output, stop: () => end('SIGTERM') };
}

/** How Hive Router gets a variant from a registry and reports its use, as an operator writes it. */
export function fedByRegistry(options: { registryUrl: string; key: string; graphRef: string; things: string }) {
  const { registryUrl, key, graphRef, things } = options;
  return {
    supergraph: { source: 'apollo_graphos', graph_ref: graphRef, key, endpoint: `${registryUrl}/uplink` },
    override_subgraph_urls: { subgraphs: { things: { url: `${things}/graphql` } } },
    telemetry: {
      client_identification: {
        name_header: 'apollographql-client-name',
        version_header: 'apollographql-client-version',
      },
      hive: {
        token: key,
        usage_reporting: {
          enabled: true,
          endpoint: `${registryUrl}/usage/${graphRef}`,
          process_variables: true,
          flush_interval: '500ms',
        },
      },
    },
  };
}

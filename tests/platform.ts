import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { until } from '@community/testing/wait';

interface Runtime {
  readonly postgres?: { readonly pid?: number };
  readonly services: Record<string, { pid?: number; url: string; readyUrl: string; env: Record<string, string> }>;
}

export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  /** What pages of the platform have as their origin. */
  readonly publicUrl: string;
  /** What runs now: processes, addresses and databases. */
  runtime(): Runtime;
  /** The address of a domain's database, or of the log as `events`. */
  databaseUrl(name: string): string;
  /** Kills a process with no word of warning. @returns when another has taken its place */
  kill(service: string): Promise<void>;
  /** Resolves when every service answers that it is ready, also after some of them were killed. */
  whole(): Promise<void>;
  /** What the launcher has printed. */
  output(): string;
  /** Stops it as Ctrl-C does. @returns the exit code and the milliseconds that it took */
  stop(): Promise<{ code: number | null; ms: number }>;
}

/** Runs the whole platform, as `npm start` does, on free ports with a data folder of its own. */
export async function startPlatform(
  options: { args?: readonly string[]; env?: NodeJS.ProcessEnv; dataDir?: string; sampleData?: boolean } = {},
): Promise<TestPlatform> {
  const folder = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'community-test-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      'packages/launcher/bin/community.mjs',
      'start',
      '--port',
      String(port),
      '--data-dir',
      path.join(folder, 'data'),
      ...(options.sampleData ? [] : ['--no-sample-data']),
      ...(options.args ?? []),
    ],
    {
      env: {
        ...process.env,
        RATE_LIMITS: 'test',
        NODE_ENV: undefined,
        VITEST: undefined,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = `http://127.0.0.1:${port}`;

  const platform: TestPlatform = {
    url,
    publicUrl: `http://localhost:${port}`,
    output: () => output,
    runtime: () => JSON.parse(readFileSync(path.join(folder, 'data/runtime.json'), 'utf8')) as Runtime,
    databaseUrl(name) {
      const variable = `DATABASE_URL_${name.toUpperCase()}`;
      const service = Object.values(platform.runtime().services).find(({ env }) => env[variable]);
      if (!service) throw new Error(`there is no database of ${name}`);
      return String(service.env[variable]);
    },
    async kill(service) {
      const pidOf = () => platform.runtime().services[service]?.pid;
      const pid = pidOf();
      if (!pid) throw new Error(`${service} is not running`);
      process.kill(pid, 'SIGKILL');
      await until(() => pidOf() !== undefined && pidOf() !== pid, `${service} being replaced`, 60_000);
    },
    async whole() {
      for (const name of Object.keys(platform.runtime().services))
        await until(
          async () => (await fetch(String(platform.runtime().services[name]?.readyUrl))).ok,
          `${name} being ready`,
          60_000,
        );
    },
    async stop() {
      const start = Date.now();
      if (child.exitCode === null) child.kill('SIGINT');
      const code = await exited;
      return { code, ms: Date.now() - start };
    },
    async [Symbol.asyncDispose]() {
      await platform.stop();
      if (!options.dataDir) rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the platform ended: ${output}`);
        // Somebody else may have taken the port meanwhile, and answer there.
        return existsSync(path.join(folder, 'data/runtime.json')) && (await fetch(`${url}/ready`)).ok;
      },
      'the gateway being ready',
      60_000,
    );
    // The gateway answers while a subgraph is still starting.
    await platform.whole();
  } catch (error) {
    await platform[Symbol.asyncDispose]();
    throw new Error(`${String(error)}\n${output}`);
  }
  return platform;
}

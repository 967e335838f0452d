import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { until } from '@community/testing/wait';

/** Jiffies a second: Linux' USER_HZ. */
const HZ = 100;

export interface RegistryProcess {
  readonly url: string;
  readonly key: string;
  /** Seconds of CPU that the registry's own process has used; its database is not in it. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** A registry in a process of its own, with an embedded database in a folder that is deleted with it. */
export async function startRegistryProcess(): Promise<RegistryProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-registry-'));
  const port = await freePort();
  const key = 'service:bench:a-key-of-the-benchmark';
  const args = ['--port', String(port), '--data-dir', folder, '--graph', 'bench'];
  const child = spawn(process.execPath, [...process.execArgv, 'schema-registry/bin/registry.ts', ...args], {
    env: { ...process.env, REGISTRY_KEY: key, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => (await fetch(`${url}/ready`)).ok, 'the registry being ready', 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    key,
    cpuSeconds() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) / HZ;
    },
    stop,
  };
}

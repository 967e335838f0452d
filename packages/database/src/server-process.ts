import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, dataDirectoryArgument, serverEnvironment } from './cluster.ts';
import { isServerOf, processStart } from './process-identity.ts';
import type { ServerLog } from './server-log.ts';

const POLL_MS = 20;
/** A fast shutdown rolls back what is open and writes a checkpoint; an immediate one leaves that to the next start. */
const FAST_SHUTDOWN_MS = 2_500;
const IMMEDIATE_SHUTDOWN_MS = 2_000;

/** Starts a server in a session of its own, so that Ctrl-C at the terminal reaches the launcher only. */
export function spawnServer(cluster: Cluster, settings: Record<string, string>, log: ServerLog): ChildProcess {
  const descriptor = log.open();
  try {
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    return spawn(cluster.binaries.postgres, ['-D', dataDirectoryArgument(cluster.folder), ...flags], {
      ...cluster.account,
      cwd: cluster.folder,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', descriptor, descriptor],
    });
  } finally {
    closeSync(descriptor);
  }
}

/** What `postmaster.pid` says: the server's process id, and whether it accepts connections (line 8, as pg_ctl reads it). */
export function readPostmasterFile(clusterFolder: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(clusterFolder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends a server that a killed launcher left running in this folder. A pid file whose process is somebody else's (ids
 * are reused, in containers soon) is removed, as PostgreSQL would refuse to start because of it.
 */
export async function stopLeftBehindServer(clusterFolder: string): Promise<void> {
  const left = readPostmasterFile(clusterFolder);
  if (!left || processStart(left.pid) === undefined) return;
  if (isServerOf(left.pid, clusterFolder)) await stopServer(left.pid);
  else rmSync(join(clusterFolder, 'postmaster.pid'), { force: true });
}

/** Ends a server in order: open transactions are rolled back, and what is committed is on disk. Takes some seconds at most. */
export async function stopServer(pid: number): Promise<void> {
  const start = processStart(pid);
  if (start === undefined) return;
  const ended = async (withinMs: number): Promise<boolean> => {
    for (const deadline = Date.now() + withinMs; processStart(pid) === start; await sleep(POLL_MS)) {
      if (Date.now() > deadline) return false;
    }
    return true;
  };
  signal(pid, 'SIGINT');
  if (await ended(FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await ended(IMMEDIATE_SHUTDOWN_MS)) return;
  signal(pid, 'SIGKILL');
  await ended(IMMEDIATE_SHUTDOWN_MS);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

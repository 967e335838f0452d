import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, dataDirectoryArgument, serverEnvironment } from './cluster.ts';
import { isServerOf, processesOf, processStart } from './process-identity.ts';
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
 * Ends a server that a killed launcher left running in this folder, and removes what is left of its pid file: PostgreSQL
 * would refuse to start while a process of that id exists, be it another program (ids are reused, in containers soon) or
 * a dead one that nobody has waited for. Sessions of a server that was killed end too: busy ones would not notice.
 */
export async function stopLeftBehindServer(clusterFolder: string): Promise<void> {
  const left = readPostmasterFile(clusterFolder);
  if (left && isServerOf(left.pid, clusterFolder)) await stopServer(left.pid);
  for (const session of processesOf(clusterFolder)) {
    signal(session, 'SIGKILL');
    await ended(session, IMMEDIATE_SHUTDOWN_MS);
  }
  rmSync(join(clusterFolder, 'postmaster.pid'), { force: true });
}

/** Ends a server in order: open transactions are rolled back, and what is committed is on disk. Takes some seconds at most. */
export async function stopServer(pid: number): Promise<void> {
  for (const [name, withinMs] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
    ['SIGKILL', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    signal(pid, name);
    if (await ended(pid, withinMs)) return;
  }
}

async function ended(pid: number, withinMs: number): Promise<boolean> {
  const start = processStart(pid);
  for (
    const deadline = Date.now() + withinMs;
    start !== undefined && processStart(pid) === start;
    await sleep(POLL_MS)
  ) {
    if (Date.now() > deadline) return false;
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

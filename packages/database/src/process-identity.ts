import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process, told from a later one with the same id by when it started. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly start: string;
}

/** When a process started, comparable for equality only; undefined when there is none. Tells a process from a later one with its id. */
export function processStart(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'lstart=');
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces; state is field 3 and starttime field 22 of proc_pid_stat(5).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** Whether the process is a PostgreSQL server that works in `clusterFolder` (an absolute path without links). */
export function isServerOf(pid: number, clusterFolder: string): boolean {
  if (process.platform !== 'linux') {
    const command = ps(pid, 'command=') ?? '';
    return command.includes('postgres') && command.includes(clusterFolder);
  }
  try {
    return (
      readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' &&
      readlinkSync(`/proc/${pid}/cwd`) === clusterFolder
    );
  } catch {
    return false;
  }
}

/** The processes of PostgreSQL that work in `clusterFolder`, sessions included; on Linux only, none elsewhere. */
export function processesOf(clusterFolder: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => isServerOf(pid, clusterFolder));
}

function ps(pid: number, field: string): string | undefined {
  return spawnSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() || undefined;
}

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type ProcessIdentity, processStart } from '@community/database/process-identity';

const LEAVE_BY_THEMSELVES_MS = 2_000;
const POLL_MS = 20;

/** What runs, for tools and for who joins: kept in the data folder while the platform runs, for its owner only. */
export interface Runtime {
  /** The launcher. */
  readonly pid: number;
  readonly startedAt: string;
  /** The graph's address, without a path. */
  readonly url: string;
  readonly control: { readonly url: string; readonly secret: string };
  /** The embedded PostgreSQL; undefined when databases are elsewhere. */
  readonly postgres?: { readonly pid?: number; readonly port: number };
  readonly services: Readonly<Record<string, RuntimeService>>;
}

export interface RuntimeService extends Partial<ProcessIdentity> {
  readonly url: string;
  /** Where it says that it can answer. */
  readonly readyUrl: string;
  /** Whether another launcher runs it. */
  readonly joined: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @returns nothing for a process that has ended */
export function identityOf(pid: number | undefined): Partial<ProcessIdentity> {
  const start = pid === undefined ? undefined : processStart(pid);
  return start === undefined ? {} : { pid, start };
}

/** Replaces the file as a whole: nobody reads half of it. */
export function writeRuntime(file: string, runtime: Runtime): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(runtime, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/** @returns undefined when nothing runs or the file is not ours to read */
export function readRuntime(file: string): Runtime | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Runtime;
  } catch {
    return undefined;
  }
}

export function removeRuntime(file: string): void {
  rmSync(file, { force: true });
}

/** Ends the services of a launcher that was killed. They leave by themselves when they can; this waits, and then kills. */
export async function endLeftBehind(file: string): Promise<void> {
  const services = Object.values(readRuntime(file)?.services ?? {});
  const alive = () =>
    services.filter(({ pid, start }) => pid !== undefined && start !== undefined && processStart(pid) === start);
  for (const deadline = Date.now() + LEAVE_BY_THEMSELVES_MS; alive().length > 0 && Date.now() < deadline; )
    await pause(POLL_MS);
  for (const { pid } of alive()) if (pid !== undefined) process.kill(pid, 'SIGKILL');
  while (alive().length > 0) await pause(POLL_MS);
  removeRuntime(file);
}

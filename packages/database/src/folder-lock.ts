import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processStart } from './process-identity.ts';
import { StartError, systemErrorCode } from './start-error.ts';

interface Holder {
  pid: number;
  start: string | undefined;
}

/**
 * Makes this process the only one that works in a data folder, until the returned function is called or the process
 * ends; what a killed process left behind does not count.
 * @throws {StartError} when another living process has it
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, start: processStart(process.pid) } satisfies Holder), {
    mode: 0o600,
  });
  try {
    while (!link(draft, path)) {
      const holder = liveHolder(folder);
      if (holder)
        throw new StartError(
          `The data folder ${folder} is in use by process ${holder}: stop that one first, or choose another folder with --data-dir.`,
        );
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => rmSync(path, { force: true });
}

/** The id of the living process that holds the folder. */
export function liveHolder(folder: string): number | undefined {
  try {
    const { pid, start } = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as Holder;
    return processStart(pid) === start && start !== undefined ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A link appears with its content, so nobody reads a half-written lock. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { liveHolder } from '@community/database/folder-lock';
import { scratchFolders } from '@community/database/scratch-folder';
import { endProgram, type ProgramIdentity } from './program.ts';

const YOUNG_MS = 60_000;
const KILL_WITHIN_MS = 5_000;

const programFile = (folder: string): string => path.join(folder, 'program.json');

/** Writes down which process works in an engine's folder. */
export function recordProgram(folder: string, program: ProgramIdentity): void {
  writeFileSync(programFile(folder), JSON.stringify(program));
}

/** The process that was last started in an engine's folder. */
export function recordedProgram(folder: string): ProgramIdentity | undefined {
  try {
    return JSON.parse(readFileSync(programFile(folder), 'utf8')) as ProgramIdentity;
  } catch {
    return undefined;
  }
}

/** Ends the engines of test runs that were killed, and removes their data. */
export async function sweepKilledRuns(prefix: string): Promise<void> {
  for (const folder of scratchFolders(prefix)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    // A young folder may belong to a run that is about to lock it.
    if (stat?.uid !== process.getuid?.() || Date.now() - (stat?.mtimeMs ?? 0) < YOUNG_MS) continue;
    if (liveHolder(folder) !== undefined) continue;
    const left = recordedProgram(folder);
    if (left) await endProgram(left, 'SIGKILL', KILL_WITHIN_MS);
    rmSync(folder, { recursive: true, force: true });
  }
}

import { rmSync, statSync } from 'node:fs';
import { liveHolder } from '@community/database/folder-lock';
import { scratchFolders } from '@community/database/scratch-folder';
import { endProgram } from './program.ts';
import { recordedProgram } from './recorded-program.ts';

const YOUNG_MS = 60_000;
const KILL_WITHIN_MS = 5_000;

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

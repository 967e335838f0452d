import { rmSync, statSync } from 'node:fs';
import { startEmbeddedPostgres, stopAbandonedPostgres } from './embedded.ts';
import { liveHolder } from './folder-lock.ts';
import { makeScratchFolder, scratchFolders } from './scratch-folder.ts';

const PREFIX = 'community-test-postgres-';
const YOUNG_MS = 60_000;

export interface ThrowAwayPostgres extends AsyncDisposable {
  readonly superuserUrl: string;
}

/** A server for tests and tools, gone with its data by `await using`. Those of runs that were killed go too. */
export async function startThrowAwayPostgres(): Promise<ThrowAwayPostgres> {
  await sweepKilledRuns();
  const dataDir = makeScratchFolder(PREFIX);
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  return {
    superuserUrl: server.superuserUrl,
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function sweepKilledRuns(): Promise<void> {
  for (const folder of scratchFolders(PREFIX)) {
    const stat = statSync(folder, { throwIfNoEntry: false });
    // A young folder may belong to a run that is about to lock it.
    if (stat?.uid !== process.getuid?.() || Date.now() - (stat?.mtimeMs ?? 0) < YOUNG_MS) continue;
    if (liveHolder(folder) !== undefined) continue;
    await stopAbandonedPostgres(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

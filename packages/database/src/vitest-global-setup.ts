import { rmSync, statSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres, stopAbandonedPostgres } from './embedded.ts';
import { liveHolder } from './folder-lock.ts';
import { makeScratchFolder, scratchFolders } from './scratch-folder.ts';

const PREFIX = 'community-test-postgres-';
const YOUNG_MS = 60_000;

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL server; `createTestDatabase` makes databases on it. */
    postgresUrl: string;
  }
}

/**
 * One PostgreSQL server for a run of vitest, gone with it. With TEST_POSTGRES_URL (a superuser's) that server is used instead.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) {
    project.provide('postgresUrl', given);
    return undefined;
  }
  await sweepKilledRuns();
  const dataDir = makeScratchFolder(PREFIX);
  const server = await startEmbeddedPostgres({ dataDir, durable: false });
  process.env.TEST_POSTGRES_URL = server.superuserUrl;
  project.provide('postgresUrl', server.superuserUrl);
  return async () => {
    delete process.env.TEST_POSTGRES_URL;
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
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

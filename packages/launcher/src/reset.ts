import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { stopAbandonedPostgres } from '@community/database/embedded';
import { liveHolder } from '@community/database/folder-lock';
import { StartError } from '@community/database/start-error';
import { dataFolder } from './data-folder.ts';
import type { ResetOptions } from './options.ts';
import { endLeftBehind } from './runtime-file.ts';

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new StartError('Nobody is there to be asked: repeat it with --yes.');
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(question);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

/**
 * Deletes what the launcher made in the data folder, and the folder when nothing else is in it.
 * @throws StartError when the platform runs, or nobody can be asked
 */
export async function reset({ dataDir, yes }: ResetOptions): Promise<void> {
  const folder = dataFolder(dataDir);
  const { path, ...made } = folder;
  const kept = Object.values(made).filter((part) => existsSync(part));
  if (kept.length === 0) {
    console.log(`There is nothing to delete in ${path}.`);
    return;
  }
  const pid = liveHolder(path);
  if (pid !== undefined)
    throw new StartError(`The platform runs with this data folder (process ${pid}): stop it first.`);
  if (!yes && !(await confirmed(`Delete all databases, secrets and logs in ${path}? [y/N] `))) {
    console.log('Nothing was deleted.');
    return;
  }
  await endLeftBehind(folder.runtime);
  await stopAbandonedPostgres(folder.postgres);
  try {
    for (const part of kept) rmSync(part, { recursive: true, force: true, maxRetries: 3 });
    rmSync(`${path}/lock`, { force: true });
    if (readdirSync(path).length === 0) rmdirSync(path);
  } catch (error) {
    throw new StartError(
      `Not everything in ${path} could be deleted (${(error as NodeJS.ErrnoException).code}): repeat it as the account that started the platform.`,
    );
  }
  console.log(`Deleted what was in ${path}. The next \`npm start\` begins afresh.`);
}

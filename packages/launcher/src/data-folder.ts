import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '@community/database/start-error';

/** What the launcher keeps in the data folder; `reset` deletes these and nothing else. */
export interface DataFolder {
  readonly path: string;
  readonly secrets: string;
  readonly runtime: string;
  readonly logs: string;
  readonly postgres: string;
  readonly supergraph: string;
  /** What the supergraph on disk was composed of, and what was published to the registry. */
  readonly schemaMark: string;
  readonly sampleMark: string;
  /** Mails that nobody sends: they are written here. */
  readonly mail: string;
}

/** The paths within a data folder. */
export function dataFolder(path: string): DataFolder {
  return {
    path,
    secrets: join(path, 'secrets.json'),
    runtime: join(path, 'runtime.json'),
    logs: join(path, 'logs'),
    postgres: join(path, 'postgres'),
    supergraph: join(path, 'supergraph.graphql'),
    schemaMark: join(path, 'schemas.json'),
    sampleMark: join(path, 'sample-data.json'),
    mail: join(path, 'mail'),
  };
}

/** Not `recursive`: that never ends where a file system refuses folders without saying why (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

/**
 * Makes the data folder where it is not there yet.
 * @throws StartError when it cannot be made or written
 */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    makeFolder(folder.path);
    // Logs may name members.
    if (!existsSync(folder.logs)) mkdirSync(folder.logs, { mode: 0o700 });
    accessSync(folder.path, constants.W_OK | constants.X_OK);
    accessSync(folder.logs, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = {
      ENOTDIR: 'a file is in the way',
      EEXIST: 'a file is in the way',
      EROFS: 'the disk is read-only',
      ENOSPC: 'the disk is full',
    }[(error as NodeJS.ErrnoException).code ?? ''];
    throw new StartError(
      `The data folder ${folder.path} cannot be written${reason ? ` (${reason})` : ''}: make it yours, or choose another with --data-dir.`,
    );
  }
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratchFolder } from './scratch-folder.ts';

/** A folder for one test, removed by `using`. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = makeScratchFolder('community-database-');
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Writes `<folder>/<name>/migration.sql` for each entry; returns the folder. */
export function writeMigrations(folder: string, migrations: Record<string, string>): string {
  for (const [name, sql] of Object.entries(migrations)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

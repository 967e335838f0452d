import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type ServerAccount, serverAccount } from './server-account.ts';
import { type ServerBinaries, serverBinaries } from './server-binaries.ts';
import { reason, StartError, systemErrorCode } from './start-error.ts';

/** The major version of the binaries; a cluster of another one cannot be read by them. */
const MAJOR_VERSION = '18';

export interface Cluster {
  /** PostgreSQL's own data directory, without links in its path. */
  folder: string;
  account: ServerAccount;
  binaries: ServerBinaries;
  superuserPassword: string;
}

/**
 * How a server is told its data directory: by the folder it is started in. The account it runs as then needs no right to
 * enter the folders above (a home of mode 700), which only Linux can do; elsewhere the path is given.
 */
export function dataDirectoryArgument(clusterFolder: string): string {
  return process.platform === 'linux' ? '/proc/self/cwd' : clusterFolder;
}

/** Opens the cluster below `dataDir`, and makes it when there is none. Call it with the folder locked. */
export function openCluster(dataDir: string, { durable }: { durable: boolean }): Cluster {
  const folder = join(dataDir, 'cluster');
  const account = serverAccount(folder);
  const binaries = serverBinaries(account);
  if (!existsSync(folder)) initialise(dataDir, folder, account, binaries, durable);
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new StartError(
      `The data folder ${dataDir} was written by PostgreSQL ${version}, and this is ${MAJOR_VERSION}: choose another with --data-dir, or start afresh with "npm run reset".`,
    );
  }
  return {
    folder: realpathSync(folder),
    account,
    binaries,
    superuserPassword: readFileSync(passwordFile(dataDir), 'utf8').trim(),
  };
}

function passwordFile(dataDir: string): string {
  return join(dataDir, 'superuser-password');
}

/** Made aside and renamed, so that a start killed meanwhile leaves nothing that looks like a cluster. */
function initialise(
  dataDir: string,
  folder: string,
  account: ServerAccount,
  { initdb }: ServerBinaries,
  durable: boolean,
): void {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile(dataDir), `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  for (const path of [draft, passwordFile(dataDir)]) {
    if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
  }
  const password = openSync(passwordFile(dataDir), 'r');
  const { error, status, stderr } = spawnSync(
    initdb,
    [
      `--pgdata=${dataDirectoryArgument(draft)}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      '--pwfile=/dev/fd/3',
      '--encoding=UTF8',
      // Collation and case of the server's own, the same on every system; character classes still come from the system.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      `--locale=${process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'}`,
      '--text-search-config=simple',
      ...(durable ? [] : ['--no-sync']),
    ],
    {
      ...account,
      cwd: draft,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe', password],
      encoding: 'utf8',
    },
  );
  closeSync(password);
  if (error || status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new StartError(
      `PostgreSQL could not create its data in ${dataDir} (${reason(error?.message ?? stderr)}): see that there is free space, or choose another folder with --data-dir.`,
    );
  }
  renameSync(draft, folder);
}

/** Nothing of ours: the launcher's secrets are none of the server's business. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', LC_MESSAGES: 'C', TZ: 'UTC' };
}

/** Makes the folder that holds everything of one embedded server, for its owner only. */
export function makeDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    const probe = join(dataDir, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new StartError(
      `The data folder ${dataDir} cannot be written (${systemErrorCode(error) ?? 'unknown error'}): give this account the right to, or choose another folder with --data-dir.`,
    );
  }
}

/** One by one: Node's own recursion never ends where nothing can be made, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

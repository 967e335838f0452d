import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, makeDataFolder, openCluster } from './cluster.ts';
import { liveHolder, lockFolder } from './folder-lock.ts';
import { freePort, isPortFree } from './free-port.ts';
import { ServerLog } from './server-log.ts';
import { readPostmasterFile, spawnServer, stopLeftBehindServer, stopServer } from './server-process.ts';
import { reason, StartError, systemErrorCode } from './start-error.ts';

const POLL_MS = 20;
/** Recovery after a crash included. */
const READY_WITHIN_MS = 60_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_preload_libraries: 'pg_stat_statements',
  // Moving a domain from or to another server reads the log.
  wal_level: 'logical',
  // Statements here are short: compiling one costs more than running it.
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** For data that nobody misses: what a crash of the machine would leave is not readable. */
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** `postgresql://postgres:…@127.0.0.1:<port>/postgres` */
  readonly superuserUrl: string;
  /** Resolves when the server has ended, stopped or not; it can then be started again. */
  readonly exited: Promise<void>;
  /** Ends the server in order, in some seconds at most. Data stay. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, its log `server.log` and its password; made when absent. */
  dataDir: string;
  /** Without it, a free one. */
  port?: number;
  /** False for tests: faster, and a crash of the machine loses all. */
  durable?: boolean;
  onProgress?(step: string): void;
}

/**
 * Starts a PostgreSQL server of our own on 127.0.0.1 and resolves when it accepts connections. One that a killed
 * process left running in the folder is stopped first.
 * @throws {StartError} when the folder, the port or the installation is in the way
 */
export async function startEmbeddedPostgres({
  dataDir,
  port,
  durable = true,
  onProgress = () => {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(dataDir);
  makeDataFolder(folder);
  const unlock = lockFolder(folder);
  const log = new ServerLog(join(folder, 'server.log'));
  const release = () => {
    log.close();
    unlock();
  };
  try {
    if (!existsSync(join(folder, 'cluster'))) onProgress('creating the database cluster');
    const cluster = openCluster(folder, { durable });
    await stopLeftBehindServer(cluster.folder);
    const chosenPort = port ?? (await freePort());
    if (port !== undefined && !(await isPortFree(port))) throw portInUse(port);
    onProgress('starting the database server');
    const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), port: String(chosenPort) };
    const server = await startUntilReady(cluster, settings, log);
    const exited = once(server, 'exit').then(release);
    return {
      port: chosenPort,
      pid: pidOf(server),
      superuserUrl: `postgresql://postgres:${cluster.superuserPassword}@127.0.0.1:${chosenPort}/postgres`,
      exited,
      async stop() {
        await stopServer(pidOf(server));
        await exited;
      },
    };
  } catch (error) {
    release();
    throw systemErrorCode(error)
      ? new StartError(
          `The database cannot start in ${folder} (${reason(String(error))}): set that right, choose another folder with --data-dir, or start afresh with "npm run reset".`,
        )
      : error;
  }
}

/** Ends the server of a folder whose launcher was killed; does nothing when there is none, or a living launcher. */
export async function stopAbandonedPostgres(dataDir: string): Promise<void> {
  const cluster = join(resolve(dataDir), 'cluster');
  if (liveHolder(resolve(dataDir)) === undefined && existsSync(cluster))
    await stopLeftBehindServer(realpathSync(cluster));
}

async function startUntilReady(
  cluster: Cluster,
  settings: Record<string, string>,
  log: ServerLog,
): Promise<ChildProcess> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const logStart = log.size;
    const server = spawnServer(cluster, settings, log);
    let ended = false;
    let said = '';
    server.once('exit', () => {
      ended = true;
      said = log.since(logStart);
    });
    server.once('error', (error) => {
      ended = true;
      said = error.message;
    });
    while (!ended && Date.now() < deadline) {
      const file = readPostmasterFile(cluster.folder);
      if (file?.ready && file.pid === server.pid) return server;
      await sleep(POLL_MS);
    }
    if (!ended) {
      await stopServer(pidOf(server));
      said = 'it was not ready after a minute';
    }
    // Sessions of a server that was killed may need a moment to notice.
    if (said.includes('pre-existing shared memory block') && Date.now() < deadline) continue;
    if (/could not bind|Address already in use/.test(said)) throw portInUse(Number(settings.port));
    throw new StartError(
      `PostgreSQL did not start (${reason(said)}): read ${log.path}, or start afresh with "npm run reset".`,
    );
  }
}

function pidOf(server: ChildProcess): number {
  if (server.pid === undefined) throw new Error('the server has not been started');
  return server.pid;
}

function portInUse(port: number): StartError {
  return new StartError(
    `Port ${port}, for the database, is in use by another program: stop that one, or choose another port.`,
  );
}

import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFolder } from '@community/database/folder-lock';
import { freePort } from '@community/database/free-port';
import type { ProcessIdentity } from '@community/database/process-identity';
import { makeScratchFolder } from '@community/database/scratch-folder';
import { type Engine, EngineUnavailableError } from './engine.ts';
import { endProgram, isRunning, lastLines, startProgram, stopProgram } from './program.ts';
import { recordProgram } from './recorded-program.ts';
import { sweepKilledRuns } from './scratch-engines.ts';

const PREFIX = 'community-redis-';
const PROGRAM = 'redis-server';
const READY_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 5_000;

/** Whether this very Redis answers there: another program may have been faster to take the port. */
function answers(port: number, pid: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('INFO server\r\n'));
    socket.setTimeout(1_000, () => socket.destroy());
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (text.includes('tcp_port:')) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text.includes(`process_id:${pid}\r\n`)));
  });
}

/**
 * Starts a real Redis on loopback. It keeps nothing on disk, as the platform asks nothing of it that must be kept: after
 * `restart` it is empty.
 * @param options `folder` for its log, a scratch folder that `stop` removes unless given; `port`: any free one unless given
 * @throws EngineUnavailableError where there is no `redis-server`
 */
export async function startRedis(options: { folder?: string; port?: number } = {}): Promise<Engine> {
  await sweepKilledRuns(PREFIX);
  const folder = path.resolve(options.folder ?? makeScratchFolder(PREFIX));
  mkdirSync(folder, { recursive: true });
  const release = options.folder ? undefined : lockFolder(folder);
  const port = options.port ?? (await freePort());
  const url = `redis://127.0.0.1:${port}`;
  const logFile = path.join(folder, 'redis.log');

  const discard = () => {
    release?.();
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  };
  const start = async (): Promise<ProcessIdentity> => {
    const program = await startProgram({
      command: PROGRAM,
      args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      cwd: folder,
      logFile,
      outlives: options.folder !== undefined,
    }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new EngineUnavailableError(
        `There is no ${PROGRAM} on PATH: install Redis 7 (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis).`,
      );
    });
    recordProgram(folder, { ...program, url });
    for (const deadline = Date.now() + READY_WITHIN_MS; !(await answers(port, program.pid)); await pause(20)) {
      if (isRunning(program) && Date.now() < deadline) continue;
      await stopProgram(program, STOP_WITHIN_MS);
      throw new Error(`Redis did not start at 127.0.0.1:${port}: ${lastLines(logFile)}`);
    }
    return program;
  };

  let program: ProcessIdentity;
  try {
    program = await start();
  } catch (error) {
    discard();
    throw error;
  }
  return {
    url,
    get pid() {
      return program.pid;
    },
    async kill() {
      await endProgram(program, 'SIGKILL', STOP_WITHIN_MS);
    },
    async restart() {
      await stopProgram(program, STOP_WITHIN_MS);
      program = await start();
    },
    async stop() {
      await stopProgram(program, STOP_WITHIN_MS);
      discard();
    },
  };
}

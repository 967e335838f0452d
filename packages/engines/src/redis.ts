import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@community/database/free-port';
import { type Engine, EngineUnavailableError } from './engine.ts';

const PROGRAM = 'redis-server';
const START_MS = 20_000;
const STOP_MS = 5_000;
const POLL_MS = 20;

/** Whether a Redis that is ours answers there: another one may have been faster to take the port. */
function answers(port: number, pid: number | undefined): Promise<boolean> {
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

/** Starts the program and waits until it answers. @throws EngineUnavailableError where there is none, or what it says itself */
async function launch(folder: string, port: number): Promise<ChildProcess> {
  const logPath = join(folder, 'redis.log');
  const log = openSync(logPath, 'a');
  const child = spawn(
    PROGRAM,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: ['ignore', log, log] },
  );
  closeSync(log);
  let failure: Error | undefined;
  child.on('error', (error: NodeJS.ErrnoException) => {
    failure =
      error.code === 'ENOENT'
        ? new EngineUnavailableError(
            `There is no ${PROGRAM} on PATH: install Redis 7 (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis).`,
          )
        : error;
  });
  // Nobody would end it when this process ends without having stopped it.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
  for (const deadline = Date.now() + START_MS; ; await sleep(POLL_MS)) {
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      const said = readFileSync(logPath, 'utf8').trim().split('\n').slice(-3).join('\n');
      throw new Error(`${PROGRAM} did not start on port ${port}:\n${said}`);
    }
    if (await answers(port, child.pid)) return child;
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const killing = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(killing);
}

/**
 * Starts a real Redis on loopback. It keeps nothing on disk, as the platform asks nothing of it that must be kept: after
 * `restart` it is empty.
 * @param folder for its log; a temporary one unless given
 * @param port a free one unless given
 * @throws EngineUnavailableError where there is no `redis-server`
 */
export async function startRedis(options: { folder?: string; port?: number } = {}): Promise<Engine> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'community-redis-'));
  mkdirSync(folder, { recursive: true });
  const clean = () => {
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  };
  const port = options.port ?? (await freePort());
  let child: ChildProcess;
  try {
    child = await launch(folder, port);
  } catch (error) {
    clean();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? 0;
    },
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      await end(child, 'SIGKILL');
      child = await launch(folder, port);
    },
    async stop() {
      await end(child, 'SIGTERM');
      clean();
    },
  };
}

import { connect } from 'node:net';
import { freePort } from '@community/database/free-port';
import type { Engine } from './engine.ts';
import { type EngineKind, runEngine } from './run-engine.ts';

const KIND: EngineKind = {
  name: 'Redis',
  command: 'redis-server',
  missing:
    'There is no redis-server on PATH: install Redis 7 (Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis).',
  readyWithinMs: 20_000,
  stopWithinMs: 5_000,
  askAgainMs: 20,
};

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
  const port = options.port ?? (await freePort());
  return runEngine(KIND, {
    folder: options.folder,
    url: `redis://127.0.0.1:${port}`,
    prepare: async () => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    isReady: ({ pid }) => answers(port, pid),
  });
}

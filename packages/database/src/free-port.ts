import { randomInt } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Below what every system hands out for outgoing connections: a port of ours stays ours while its process restarts. */
const FIRST = 20_000;
const LAST = 29_999;
/** So long may a platform take, on a busy machine, from choosing a port until it listens there. */
const RESERVED_MS = 120_000;
const RESERVATIONS = join(tmpdir(), `community-ports-${process.getuid?.() ?? 'all'}`);

/** Keeps a port from who asks next on this machine, in whichever process. @returns false when somebody else has it */
function reserve(port: number): boolean {
  const file = join(RESERVATIONS, String(port));
  const reservedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - reservedAt < RESERVED_MS) return false;
  try {
    mkdirSync(RESERVATIONS, { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    closeSync(openSync(file, 'wx'));
    return true;
  } catch (error) {
    // Where nothing can be written, it is as good as before.
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}

/** Whether something can listen on this port of 127.0.0.1 now. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await tryListen('127.0.0.1', port)) === undefined;
}

/** A port of 127.0.0.1 that was free a moment ago, and that nobody else is given for two minutes. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Ports of 127.0.0.1 that were free a moment ago, all different, and that nobody else is given for two minutes. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(FIRST, LAST + 1);
    if (reserve(port) && (await isPortFree(port))) found.add(port);
  }
  return [...found];
}

/** Listens on a port for a moment. @returns why it cannot be had; undefined when it can */
export function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartError } from '@community/database/start-error';

/** Below what every system hands out for outgoing connections: a port of ours stays ours while its process restarts. */
const FIRST = 20_000;
const LAST = 29_999;

function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Finds free ports on loopback, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(FIRST, LAST + 1);
    if (!found.has(port) && !(await tryListen('127.0.0.1', port))) found.add(port);
  }
  return [...found];
}

/**
 * Makes sure that the graph's port can be had.
 * @throws StartError that says which option to change
 */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const error = await tryListen(host, port);
  if (!error) return;
  if (error.code === 'EADDRINUSE')
    throw new StartError(
      `Port ${port} is in use by another program: stop it, or choose another port, for instance --port ${port === 65535 ? 4000 : port + 1}.`,
    );
  if (error.code === 'EACCES')
    throw new StartError(`Port ${port} needs more rights: choose one above 1023 with --port.`);
  throw new StartError(`Cannot listen on ${host}:${port} (${error.code}): set HOST to an address of this machine.`);
}

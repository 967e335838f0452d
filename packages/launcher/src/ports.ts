import { tryListen } from '@community/database/free-port';
import { StartError } from '@community/database/start-error';

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

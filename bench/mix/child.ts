import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const STOPS_WITHIN_MS = 5_000;

export interface Child extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Runs a program of this folder until it tells its address. @param flags of Node.js */
export async function startChild(
  program: string,
  env: NodeJS.ProcessEnv,
  flags: readonly string[] = [],
): Promise<Child> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), {
    execArgv: ['--import', 'tsx', ...flags],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const told = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }));
    child.once('exit', (code) => reject(new Error(`${program} ended (${code})`)));
  });
  async function stop(): Promise<void> {
    // It ends what it has started.
    if (child.connected) child.disconnect();
    const late = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    await exited;
    clearTimeout(late);
  }
  return { ...told, pid: child.pid ?? 0, stop, [Symbol.asyncDispose]: stop };
}

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (told) => resolve(String(told)));
    child.once('exit', (code) => reject(new Error(`${program} ended (${code})`)));
  });
  async function stop(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }
  return { url, pid: child.pid ?? 0, stop, [Symbol.asyncDispose]: stop };
}

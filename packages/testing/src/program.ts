import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from './wait.ts';

const READY_WITHIN_MS = 60_000;

export interface RunningProgram {
  readonly pid: number | undefined;
  /** What it has written so far. */
  output(): string;
  /** Asks it to stop, waits until it has, and deletes its folder. */
  stop(): Promise<void>;
}

/**
 * Runs a program that is none of ours until it is ready.
 * @param prepare is told of a folder that goes with it. @returns its arguments, and what its environment holds besides
 *   `PATH` and that folder as its home
 * @throws Error with what it wrote, when it ends before it is ready or never is
 */
export async function startProgram(
  program: string,
  prepare: (folder: string) => { readonly args?: readonly string[]; readonly env: NodeJS.ProcessEnv },
  isReady: () => Promise<boolean>,
): Promise<RunningProgram> {
  const folder = mkdtempSync(path.join(tmpdir(), `${path.basename(program)}-`));
  const { args = [], env } = prepare(folder);
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, TMPDIR: tmpdir(), ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  let ended = '';
  const exited = new Promise<void>((resolve) => {
    const end = (reason: string) => {
      ended = reason;
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(`it ended with ${code ?? signal}`));
  });
  async function end(signal: NodeJS.Signals): Promise<void> {
    child.kill(signal);
    await exited;
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    await until(async () => ended || (await isReady()), `${program} being ready`, READY_WITHIN_MS);
    if (ended) throw new Error(ended);
  } catch (error) {
    await end('SIGKILL');
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`);
  }
  return { pid: child.pid, output: () => output, stop: () => end('SIGTERM') };
}

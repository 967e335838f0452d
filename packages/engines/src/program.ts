import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type ProcessIdentity, processStart } from '@community/database/process-identity';

const POLL_MS = 20;

/** What to run; its output is appended to a file. */
export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly logFile: string;
  /** Whether it outlives this process. */
  readonly outlives: boolean;
}

/**
 * Starts a program in a session of its own, so that Ctrl-C at the terminal does not reach it before who uses it.
 * @throws Error with code ENOENT when there is no such program
 */
export async function startProgram({
  command,
  args,
  cwd,
  logFile,
  outlives,
}: ProgramOptions): Promise<ProcessIdentity> {
  const output = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { cwd, detached: true, stdio: ['ignore', output, output] });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('spawn', () => resolve(child.pid as number));
    });
    child.unref();
    if (!outlives) {
      const end = () => child.kill('SIGKILL');
      process.once('exit', end);
      child.once('exit', () => process.off('exit', end));
    }
    return { pid, start: processStart(pid) ?? '' };
  } finally {
    closeSync(output);
  }
}

export function isRunning({ pid, start }: ProcessIdentity): boolean {
  return start !== '' && processStart(pid) === start;
}

/** Sends a signal and waits for the end. @returns whether it came in time */
export async function endProgram(program: ProcessIdentity, signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
  if (isRunning(program)) process.kill(program.pid, signal);
  for (const deadline = Date.now() + withinMs; isRunning(program); await pause(POLL_MS))
    if (Date.now() > deadline) return false;
  return true;
}

/** Ends a program in order, or at once when it does not. */
export async function stopProgram(program: ProcessIdentity, graceMs: number): Promise<void> {
  if (!(await endProgram(program, 'SIGTERM', graceMs))) await endProgram(program, 'SIGKILL', graceMs);
}

/** The last lines that a program wrote. */
export function lastLines(logFile: string, count = 3): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

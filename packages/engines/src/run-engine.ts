import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockFolder } from '@community/database/folder-lock';
import type { ProcessIdentity } from '@community/database/process-identity';
import { makeScratchFolder } from '@community/database/scratch-folder';
import { type Engine, EngineUnavailableError } from './engine.ts';
import { endProgram, isRunning, lastLines, startProgram, stopProgram } from './program.ts';
import { recordProgram } from './recorded-program.ts';
import { sweepKilledRuns } from './scratch-engines.ts';

/** What tells one engine from another. */
export interface EngineKind {
  /** `Kafka`; its log is `kafka.log`. */
  readonly name: string;
  readonly command: string;
  /** What to say where there is no such command. */
  readonly missing: string;
  readonly readyWithinMs: number;
  readonly stopWithinMs: number;
  /** How long to wait before it is asked again whether it is ready. */
  readonly askAgainMs: number;
}

/**
 * Runs an engine's program in a folder, for whoever started it: killed, restarted and stopped by what is returned.
 * @param options.folder for its data, which stay there; the engine then outlives this process. Without it they are in a
 *   scratch folder that goes with the engine
 * @param options.prepare makes the folder ready, once. @returns the program's arguments
 * @throws EngineUnavailableError where there is no such program
 */
export async function runEngine(
  kind: EngineKind,
  options: {
    folder: string | undefined;
    url: string;
    prepare: (folder: string) => Promise<readonly string[]>;
    isReady: (program: ProcessIdentity) => Promise<boolean>;
  },
): Promise<Engine> {
  const { url } = options;
  const prefix = `community-${kind.name.toLowerCase()}-`;
  await sweepKilledRuns(prefix);
  const folder = path.resolve(options.folder ?? makeScratchFolder(prefix));
  mkdirSync(folder, { recursive: true });
  const release = options.folder ? undefined : lockFolder(folder);
  const logFile = path.join(folder, `${kind.name.toLowerCase()}.log`);

  const discard = () => {
    release?.();
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  };
  const start = async (args: readonly string[]): Promise<ProcessIdentity> => {
    const program = await startProgram({
      command: kind.command,
      args,
      cwd: folder,
      logFile,
      outlives: options.folder !== undefined,
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new EngineUnavailableError(kind.missing) : error;
    });
    recordProgram(folder, { ...program, url });
    const deadline = Date.now() + kind.readyWithinMs;
    for (; !(await options.isReady(program)); await pause(kind.askAgainMs)) {
      if (isRunning(program) && Date.now() < deadline) continue;
      await stopProgram(program, kind.stopWithinMs);
      throw new Error(`${kind.name} did not start at ${url}: ${lastLines(logFile)}`);
    }
    return program;
  };

  let args: readonly string[];
  let program: ProcessIdentity;
  try {
    args = await options.prepare(folder);
    program = await start(args);
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
      await endProgram(program, 'SIGKILL', kind.stopWithinMs);
    },
    async restart() {
      await stopProgram(program, kind.stopWithinMs);
      program = await start(args);
    },
    async stop() {
      await stopProgram(program, kind.stopWithinMs);
      discard();
    },
  };
}

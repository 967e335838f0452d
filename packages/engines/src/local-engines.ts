import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { lockFolder } from '@community/database/folder-lock';
import { freePort, isPortFree } from '@community/database/free-port';
import { type Engine, EngineUnavailableError } from './engine.ts';
import { startKafka } from './kafka.ts';
import { isRunning, stopProgram } from './program.ts';
import { forgetProgram, recordedProgram } from './recorded-program.ts';
import { startRedis } from './redis.ts';

const STOP_WITHIN_MS = 15_000;

interface Kind {
  readonly name: string;
  /** The environment variable by which the platform finds it. */
  readonly variable: string;
  /** The port that everybody expects; another one where that is taken. */
  readonly port: number;
  start(options: { folder: string; port: number }): Promise<Engine>;
}

const KINDS: readonly Kind[] = [
  { name: 'kafka', variable: 'KAFKA_BROKERS', port: 9092, start: startKafka },
  { name: 'redis', variable: 'REDIS_URL', port: 6379, start: startRedis },
];

/** An engine that `up` started, or why there is none. */
export type EngineState = { readonly name: string; readonly variable: string } & (
  | { readonly url: string; readonly pid: number; readonly fresh: boolean }
  | { readonly url?: undefined; readonly reason: string }
);

/** What runs of what was started with this data folder. */
export function localEngines(dataDir: string): EngineState[] {
  return KINDS.map(({ name, variable }) => {
    const program = recordedProgram(path.join(dataDir, 'engines', name));
    return program && isRunning(program)
      ? { name, variable, url: program.url, pid: program.pid, fresh: false }
      : { name, variable, reason: 'is not running' };
  });
}

/**
 * Starts the engines that are not running yet. They outlive this process; their data stay in the folder.
 * @throws StartError when another process works in the folder
 */
export async function startLocalEngines(dataDir: string): Promise<EngineState[]> {
  const root = path.resolve(dataDir, 'engines');
  mkdirSync(root, { recursive: true });
  const release = lockFolder(root);
  try {
    const running = localEngines(dataDir);
    return await Promise.all(
      KINDS.map(async (kind): Promise<EngineState> => {
        const known = running.find(({ name }) => name === kind.name);
        if (known?.url) return known;
        const { name, variable } = kind;
        const port = (await isPortFree(kind.port)) ? kind.port : await freePort();
        try {
          const { url, pid } = await kind.start({ folder: path.join(root, name), port });
          return { name, variable, url, pid, fresh: true };
        } catch (error) {
          if (error instanceof EngineUnavailableError) return { name, variable, reason: error.message };
          throw error;
        }
      }),
    );
  } finally {
    release();
  }
}

/** Ends what was started with this data folder, and nothing else. @returns the names of what it ended */
export async function stopLocalEngines(dataDir: string): Promise<string[]> {
  const ended = await Promise.all(
    KINDS.map(async ({ name }) => {
      const folder = path.join(dataDir, 'engines', name);
      const program = recordedProgram(folder);
      if (!program) return [];
      const wasRunning = isRunning(program);
      await stopProgram(program, STOP_WITHIN_MS);
      forgetProgram(folder);
      return wasRunning ? [name] : [];
    }),
  );
  return ended.flat();
}

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@community/database/free-port';
import { type RunningProgram, startProgram } from './program.ts';

export interface RunningHiveRouter extends RunningProgram {
  /** Of `/graphql`. */
  readonly url: string;
}

/** The program of Hive Router; undefined, and said so, where there is none and its tests are skipped. */
export function hiveRouterProgram(): string | undefined {
  const { HIVE_ROUTER_BIN } = process.env;
  if (!HIVE_ROUTER_BIN) console.warn('HIVE_ROUTER_BIN is not set: the tests of Hive Router are skipped');
  return HIVE_ROUTER_BIN;
}

/**
 * Starts the real Hive Router on a free port, and waits until it serves.
 * @param config in its own form; where it listens is added
 * @param probe `health` waits only until it listens
 * @throws Error with what it wrote when it ends before
 */
export async function startHiveRouter(
  config: object,
  {
    program = process.env.HIVE_ROUTER_BIN ?? '',
    probe = 'readiness',
  }: { program?: string | undefined; probe?: 'readiness' | 'health' } = {},
): Promise<RunningHiveRouter> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const running = await startProgram(
    program,
    (folder) => {
      const file = path.join(folder, 'router.config.json');
      const log = { level: 'info', format: 'json' };
      writeFileSync(file, JSON.stringify({ log, ...config, http: { host: '127.0.0.1', port } }));
      return { env: { ROUTER_CONFIG_FILE_PATH: file } };
    },
    async () => (await fetch(`${origin}/${probe}`)).ok,
  );
  return { ...running, url: `${origin}/graphql` };
}

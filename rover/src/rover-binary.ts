import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The version that this platform is tested with. */
export const ROVER_VERSION = '0.41.0';
const STALE_LOCK_MS = 180_000;

const run = promisify(execFile);

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return path.join(
    env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
    'community-platform',
    `rover-${ROVER_VERSION}`,
  );
}

/** npm's package starts the binary by a script; asking for the binary itself spares a Node process each time. */
function findBinary(folder: string): string | undefined {
  const scope = path.join(folder, 'node_modules', '@apollo');
  const arch = `${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch}`;
  return [`rover-${arch}`, `rover-${arch}-musl`]
    .map((name) => path.join(scope, name, process.platform === 'win32' ? 'rover.exe' : 'rover'))
    .find((file) => existsSync(file));
}

/**
 * The path of Rover's binary: `ROVER_BIN`, or npm's package in the user's cache folder, installed at the first call. It
 * is no dependency of the repository: its packages for other systems would have to be there for `npm ci` to work.
 * @throws Error that says what to do when it cannot be had
 */
export async function roverBinary(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env.ROVER_BIN) return env.ROVER_BIN;
  const folder = cacheFolder(env);
  const lock = `${folder}.lock`;
  mkdirSync(path.dirname(folder), { recursive: true });
  for (;;) {
    const found = existsSync(lock) ? undefined : findBinary(folder);
    if (found) return found;
    try {
      mkdirSync(lock);
    } catch {
      // Somebody else installs it; a lock that outlives every installation was left by a killed one.
      if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > STALE_LOCK_MS) rmSync(lock, { recursive: true });
      await setTimeout(200);
      continue;
    }
    try {
      await run('npm', [
        'install',
        '--silent',
        '--no-audit',
        '--no-fund',
        '--prefix',
        folder,
        `@apollo/rover@${ROVER_VERSION}`,
      ]);
      if (!findBinary(folder))
        throw new Error(`there is no Rover for ${process.platform} ${process.arch} in npm's package`);
    } catch (error) {
      throw new Error(
        `Rover ${ROVER_VERSION} cannot be installed (${error instanceof Error ? error.message.split('\n')[0] : error}): install it yourself and set ROVER_BIN to its path.`,
      );
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

/** What Rover needs to know to speak to a registry of one's own, and to nobody else. */
export function roverEnvironment(registryUrl: string, key: string): NodeJS.ProcessEnv {
  return {
    APOLLO_REGISTRY_URL: `${registryUrl}/graphql`,
    APOLLO_KEY: key,
    APOLLO_TELEMETRY_DISABLED: '1',
    APOLLO_ROVER_SKIP_UPDATE: '1',
    APOLLO_ELV2_LICENSE: 'accept',
  };
}

import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TESTED_VERSION } from '../src/config.ts';
import { digestOf, publishedDigest, readDigest, reasonOf } from './digest.ts';
import { assetFor, downloadUrl, InstallError, type Machine } from './release.ts';

const DOWNLOAD_MS = 15 * 60_000;

export interface Installed {
  readonly file: string;
  /** Whether it was fetched now. */
  readonly fresh: boolean;
}

/** Where the router that the platform is tested with is kept: in the user's cache, by version. */
export const installedFile = (env: NodeJS.ProcessEnv = process.env): string =>
  path.join(
    env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
    'community-platform',
    `hive-router-${TESTED_VERSION}`,
    'hive_router',
  );

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

async function download(url: string, file: string): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!response.ok || !response.body) throw new Error(`it was answered by ${response.status}`);
    // Opened before the first byte comes: a stream that fails while it is being opened leaves the file behind it.
    const opened = await open(file, 'w', 0o600);
    await pipeline(chunksOf(response.body), opened.createWriteStream());
  } catch (error) {
    throw new InstallError(
      `${url} cannot be fetched: ${reasonOf(error)}. Where GitHub is out of reach, name a mirror by HIVE_ROUTER_RELEASES, or bring the program here yourself and set HIVE_ROUTER_BIN.`,
    );
  }
}

/** @throws InstallError when the file is another */
async function check(file: string, expected: string, what: string): Promise<void> {
  const found = await digestOf(file);
  if (found !== expected)
    throw new InstallError(
      `${what} is not what it should be: its SHA-256 is ${found}, and should be ${expected}. Nothing was installed.`,
    );
}

/**
 * Fetches the official release of Hive Router into the user's cache, unless it is there. It appears checked, executable and
 * whole, or not at all: what is there can be run.
 * @param options.digest the SHA-256 to check against; without it, the one that GitHub tells of the release
 * @throws InstallError
 */
export async function installHiveRouter(options: {
  machine: Machine;
  env: NodeJS.ProcessEnv;
  digest?: string | undefined;
  say: (line: string) => void;
}): Promise<Installed> {
  const { machine, env, say } = options;
  const asset = assetFor(machine);
  const given = options.digest === undefined ? undefined : readDigest(options.digest);
  const file = installedFile(env);
  if (existsSync(file)) {
    if (given) await check(file, given, file);
    return { file, fresh: false };
  }
  const expected = given ?? (await publishedDigest(asset, env));
  const url = downloadUrl(asset, env);
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  try {
    say(`fetching ${url}`);
    await download(url, draft);
    await check(draft, expected, `What came from ${url}`);
    chmodSync(draft, 0o755);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return { file, fresh: true };
}

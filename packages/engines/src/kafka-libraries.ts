import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { EngineUnavailableError } from './engine.ts';

const POM = path.join(import.meta.dirname, '../kafka.pom.xml');
const FETCH_WITHIN_MS = 300_000;

const run = promisify(execFile);

/** The version that the pom names, so that it stands in one place. */
const version = (): string =>
  /<artifactId>kafka_[^<]+<\/artifactId>\s*<version>([^<]+)/.exec(readFileSync(POM, 'utf8'))?.[1] ?? 'unknown';

/**
 * The folder with Kafka's libraries, in the user's cache; fetched by Maven at the first call. It appears whole or not at
 * all, also when several processes fetch at once.
 * @throws EngineUnavailableError where there is no Maven, or it cannot fetch them
 */
export async function kafkaLibraries(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const cache = path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'community-platform');
  const folder = path.join(cache, `kafka-${version()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(path.join(cache, 'kafka-fetching-'));
  try {
    await run('mvn', ['-B', '-q', '-ntp', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${draft}`], {
      env,
      timeout: FETCH_WITHIN_MS,
    });
    if (!readdirSync(draft).some((file) => file.startsWith('kafka_'))) throw new Error('Maven copied nothing');
    if (!existsSync(folder)) renameSync(draft, folder);
    return folder;
  } catch (error) {
    // Somebody else was faster.
    if (existsSync(folder)) return folder;
    throw new EngineUnavailableError(unavailable(error));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function unavailable(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT')
    return 'Kafka cannot be fetched: there is no `mvn`; install Maven (Debian: apt-get install maven) and Java 17 or newer.';
  const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
  const reason = `${stdout ?? ''}${stderr ?? ''}`.split('\n').find((line) => line.includes('ERROR')) ?? message;
  return `Kafka cannot be fetched by Maven: ${reason.replace(/^\[ERROR\] /, '').slice(0, 300)}`;
}

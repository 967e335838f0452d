import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StartError } from '@community/database/start-error';
import { type BuildFailure, type BuildOptions, type BuildResult, build, context, type Metafile, stop } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';
import type { Service } from './service.ts';

const FOLDER = '.build';
const OPTIONS = 'packages/launcher/src/bundle-options.mjs';

/** What is made one file of: a service, or a command that is run as often. */
export type Bundled = Pick<Service, 'name' | 'entry'>;

/** The file that a service is run from, relative to the repository. */
export function bundlePath(service: Bundled): string {
  return `${FOLDER}/${service.name}.mjs`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** The first fault of a failed build in one line: file, line and what is wrong. */
export function buildFault(failure: Pick<BuildFailure, 'errors'>): string {
  const [first] = failure.errors;
  if (!first) return 'unknown fault';
  const hint = /generated/.test(first.text) ? ' (run `npm run prisma -- generate`)' : '';
  return `${first.location ? `${first.location.file}:${first.location.line}: ` : ''}${first.text.split('\n', 1)[0]}${hint}`;
}

function optionsFor(root: string, services: readonly Bundled[]) {
  return {
    ...bundleOptions(root),
    entryPoints: Object.fromEntries(services.map((service) => [service.name, service.entry])),
    outdir: FOLDER,
    metafile: true,
    write: false,
  } as const satisfies BuildOptions;
}

type BundleResult = BuildResult<{ write: false; metafile: true }>;

/** What bundles that were built together are made of, by file. */
type Stamp = Record<string, string>;

/** Each set has its own: who starts another router, or a part of the graph, need not build all anew. */
function stampFile(root: string, services: readonly Bundled[]): string {
  const set = createHash('sha256').update(JSON.stringify(services.map(({ name, entry }) => [name, entry])));
  return join(root, FOLDER, `stamp-${set.digest('hex').slice(0, 16)}.json`);
}

const stampOf = (file: string) => {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs}:${size}`;
};

function isCurrent(root: string, services: readonly Bundled[]): boolean {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(root, services), 'utf8')) as Stamp;
    for (const service of services) statSync(join(root, bundlePath(service)));
    return Object.entries(stamp).every(([file, mark]) => stampOf(join(root, file)) === mark);
  } catch {
    return false;
  }
}

async function replaceFile(path: string, contents: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, contents);
  await rename(temporary, path);
}

/** Writes the bundles that differ from those before. @returns the names of their services */
async function writeBundles(result: BundleResult, hashes: Map<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const file of result.outputFiles) {
    if (hashes.get(file.path) === file.hash) continue;
    hashes.set(file.path, file.hash);
    await replaceFile(file.path, file.contents);
    if (file.path.endsWith('.mjs')) changed.push(basename(file.path, '.mjs'));
  }
  return changed;
}

async function writeStamp(root: string, services: readonly Bundled[], metafile: Metafile): Promise<void> {
  const inputs = [...Object.keys(metafile.inputs), OPTIONS];
  const stamp: Stamp = Object.fromEntries(inputs.map((file) => [file, stampOf(join(root, file))]));
  await replaceFile(stampFile(root, services), JSON.stringify(stamp));
}

/**
 * Bundles each service into `.build/<name>.mjs`, unless no source has changed since the last time.
 * @returns whether anything had to be built
 * @throws StartError with file and line of the first fault
 */
export async function bundleServices(root: string, services: readonly Bundled[]): Promise<boolean> {
  if (isCurrent(root, services)) return false;
  await mkdir(join(root, FOLDER), { recursive: true });
  try {
    const result = await build(optionsFor(root, services));
    await writeBundles(result, new Map());
    await writeStamp(root, services, result.metafile);
    return true;
  } catch (error) {
    if (isBuildFailure(error)) throw new StartError(`Cannot be built: ${buildFault(error)}`);
    throw error;
  } finally {
    await stop();
  }
}

/**
 * Bundles, and bundles again whenever a source changes.
 * @param onChange the names of the services whose bundle is a different one now
 * @param onFault a fault in one line; the bundles before stay
 * @throws StartError with file and line when not even the first bundles can be made
 */
export async function watchServices(
  root: string,
  services: readonly Bundled[],
  onChange: (names: string[]) => void,
  onFault: (fault: string) => void,
): Promise<{ stop(): Promise<void> }> {
  await mkdir(join(root, FOLDER), { recursive: true });
  const hashes = new Map<string, string>();
  const options = optionsFor(root, services);
  const watched = await context({
    ...options,
    plugins: [
      ...(options.plugins ?? []),
      {
        name: 'changed-services',
        setup(build) {
          build.onEnd(async (result) => {
            if (result.errors.length > 0) return onFault(buildFault(result));
            const isFirst = hashes.size === 0;
            const changed = await writeBundles(result as BundleResult, hashes);
            if (!isFirst && changed.length > 0) onChange(changed);
          });
        },
      },
    ],
  });
  const dispose = async () => {
    await watched.dispose();
    await stop();
  };
  try {
    await watched.rebuild();
  } catch (error) {
    await dispose();
    if (isBuildFailure(error)) throw new StartError(`Cannot be built: ${buildFault(error)}`);
    throw error;
  }
  await watched.watch();
  return { stop: dispose };
}

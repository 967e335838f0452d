import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StartError } from '@community/database/start-error';
import { type BuildFailure, type BuildOptions, type BuildResult, build, context, type Metafile, stop } from 'esbuild';
import { bundleOptions } from './bundle-options.mjs';
import type { Service } from './service.ts';

const FOLDER = '.build';

/** The file that a service is run from, relative to the repository. */
export function bundlePath(service: Service): string {
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

function optionsFor(root: string, services: readonly Service[]) {
  return {
    ...bundleOptions(root),
    entryPoints: Object.fromEntries(services.map((service) => [service.name, service.entry])),
    outdir: FOLDER,
    metafile: true,
    write: false,
  } as const satisfies BuildOptions;
}

type BundleResult = BuildResult<{ write: false; metafile: true }>;

interface Stamp {
  readonly key: string;
  readonly inputs: Record<string, string>;
}

const stampOf = (file: string) => {
  const { mtimeMs, size } = statSync(file);
  return `${mtimeMs}:${size}`;
};

function isCurrent(root: string, services: readonly Service[], key: string): boolean {
  try {
    const stamp = JSON.parse(readFileSync(join(root, FOLDER, 'stamp.json'), 'utf8')) as Stamp;
    for (const service of services) statSync(join(root, bundlePath(service)));
    return (
      stamp.key === key && Object.entries(stamp.inputs).every(([file, mark]) => stampOf(join(root, file)) === mark)
    );
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

async function writeStamp(root: string, key: string, metafile: Metafile): Promise<void> {
  const inputs = Object.fromEntries(Object.keys(metafile.inputs).map((file) => [file, stampOf(join(root, file))]));
  await replaceFile(join(root, FOLDER, 'stamp.json'), JSON.stringify({ key, inputs } satisfies Stamp));
}

/**
 * Bundles each service into `.build/<name>.mjs`, unless no source has changed since the last time.
 * @returns whether anything had to be built
 * @throws StartError with file and line of the first fault
 */
export async function bundleServices(root: string, services: readonly Service[]): Promise<boolean> {
  const key = createHash('sha256')
    .update(JSON.stringify(services))
    .update(readFileSync(join(root, 'packages/launcher/src/bundle-options.mjs')))
    .digest('hex');
  if (isCurrent(root, services, key)) return false;
  await mkdir(join(root, FOLDER), { recursive: true });
  try {
    const result = await build(optionsFor(root, services));
    await writeBundles(result, new Map());
    await writeStamp(root, key, result.metafile);
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
  services: readonly Service[],
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

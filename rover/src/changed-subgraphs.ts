import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { changedFiles, fileAt, forkPoint } from './version-control.ts';

const config = z.object({
  subgraphs: z.record(
    z.string(),
    z.looseObject({ routing_url: z.string(), schema: z.looseObject({ file: z.string() }) }),
  ),
});

/** A configuration that cannot be used. */
export class ConfigurationError extends Error {
  override name = 'ConfigurationError';
}

export interface ConfiguredSubgraph {
  readonly name: string;
  readonly url: string;
  /** Absolute. */
  readonly file: string;
}

/** What differs from the base. */
export interface Difference {
  /** New, of another schema, or at another routing URL. */
  readonly changed: readonly ConfiguredSubgraph[];
  /** Names that the base's configuration has and this one has not. */
  readonly removed: readonly string[];
  readonly unchanged: number;
}

function read(content: string, configFile: string): ConfiguredSubgraph[] {
  let document: unknown;
  try {
    document = parse(content);
  } catch (error) {
    throw new ConfigurationError(
      `${configFile} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
  const checked = config.safeParse(document);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw new ConfigurationError(`${configFile}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  return Object.entries(checked.data.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    file: path.resolve(path.dirname(configFile), schema.file),
  }));
}

/** The subgraphs of the base; none when its configuration could not be used, so that all count as new. */
function readBase(content: string | undefined, configFile: string): ConfiguredSubgraph[] {
  try {
    return content === undefined ? [] : read(content, configFile);
  } catch (error) {
    if (error instanceof ConfigurationError) return [];
    throw error;
  }
}

/**
 * The subgraphs that differ from the base.
 * @param base a git revision; null: all of them count as changed
 * @throws ConfigurationError that names the place; UnknownBaseError
 */
export async function changedSubgraphs(configFile: string, base: string | null): Promise<Difference> {
  if (!existsSync(configFile)) throw new ConfigurationError(`There is no ${configFile}: name it by --config.`);
  const all = read(readFileSync(configFile, 'utf8'), configFile);
  const missing = all.find(({ file }) => !existsSync(file));
  if (missing) throw new ConfigurationError(`The schema of ${missing.name} is missing: ${missing.file}`);
  if (base === null) return { changed: all, removed: [], unchanged: 0 };
  const folder = path.dirname(path.resolve(configFile));
  const fork = await forkPoint(folder, base);
  const [files, content] = await Promise.all([changedFiles(folder, fork), fileAt(fork, path.resolve(configFile))]);
  const before = new Map(readBase(content, configFile).map((subgraph) => [subgraph.name, subgraph]));
  const changed = all.filter(({ name, url, file }) => {
    const earlier = before.get(name);
    // The registry serves routing URLs too: a new one that is not published never comes into service.
    return earlier?.url !== url || earlier.file !== file || files.has(file) || files.has(realpathSync(file));
  });
  const names = new Set(all.map(({ name }) => name));
  const removed = [...before.keys()].filter((name) => !names.has(name));
  return { changed, removed, unchanged: all.length - changed.length };
}

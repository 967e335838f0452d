import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { changedFiles } from './version-control.ts';

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

/** The subgraphs of a `supergraph.yaml`. @throws ConfigurationError that names the place */
export function configuredSubgraphs(configFile: string): ConfiguredSubgraph[] {
  if (!existsSync(configFile)) throw new ConfigurationError(`There is no ${configFile}: name it by --config.`);
  let content: unknown;
  try {
    content = parse(readFileSync(configFile, 'utf8'));
  } catch (error) {
    throw new ConfigurationError(
      `${configFile} is not YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
  const read = config.safeParse(content);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ConfigurationError(`${configFile}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  return Object.entries(read.data.subgraphs).map(([name, { routing_url: url, schema }]) => ({
    name,
    url,
    file: path.resolve(path.dirname(configFile), schema.file),
  }));
}

/**
 * The subgraphs whose schema differs from the base.
 * @param base a git revision; null: all of them
 * @throws ConfigurationError, UnknownBaseError
 */
export async function changedSubgraphs(configFile: string, base: string | null): Promise<ConfiguredSubgraph[]> {
  const all = configuredSubgraphs(configFile);
  const missing = all.find(({ file }) => !existsSync(file));
  if (missing) throw new ConfigurationError(`The schema of ${missing.name} is missing: ${missing.file}`);
  if (base === null) return all;
  const changed = await changedFiles(path.dirname(path.resolve(configFile)), base);
  return all.filter(({ file }) => changed.has(file));
}

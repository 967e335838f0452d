import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import type { SubgraphSource } from './compose.ts';

interface SupergraphConfig {
  readonly subgraphs: Readonly<
    Record<string, { readonly routing_url: string; readonly schema: { readonly file: string } }>
  >;
}

/**
 * Reads the subgraphs that a `supergraph.yaml` of Rover names.
 * @param only the names to take; all when undefined
 * @returns their sources, or each fault in one line
 */
export function readSubgraphs(
  configFile: string,
  only: readonly string[] | undefined,
): { subgraphs: SubgraphSource[] } | { errors: string[] } {
  const { subgraphs } = parse(readFileSync(configFile, 'utf8')) as SupergraphConfig;
  const known = Object.keys(subgraphs);
  const errors = (only ?? [])
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such subgraph; choose from ${known.join(', ')}`);
  const sources: SubgraphSource[] = [];
  for (const [name, { routing_url: url, schema }] of Object.entries(subgraphs)) {
    if (only && !only.includes(name)) continue;
    const file = path.resolve(path.dirname(configFile), schema.file);
    try {
      sources.push({ name, url, sdl: readFileSync(file, 'utf8') });
    } catch {
      errors.push(`${name}: ${path.relative(process.cwd(), file)} cannot be read: run \`npm run schema\``);
    }
  }
  return errors.length > 0 ? { errors } : { subgraphs: sources };
}

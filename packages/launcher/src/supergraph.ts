import { readFileSync, renameSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '@community/database/start-error';
import type { Service } from './services.ts';

const WATCH_EVERY_MS = 500;

/** Where a subgraph's SDL is committed, relative to the repository. */
export function schemaPath(service: Service): string {
  return `subgraphs/${service.name}/schema.graphql`;
}

/**
 * Composes the subgraphs' committed SDL and replaces the supergraph file as a whole: the gateway follows it.
 * @throws StartError with the first fault of the composition
 */
export async function writeSupergraph(root: string, subgraphs: readonly Service[], file: string): Promise<void> {
  const { composeSupergraph } = await import('@community/rover/compose');
  const parts = subgraphs.map((service) => {
    try {
      return {
        name: service.name,
        url: `http://${service.name}/graphql`,
        sdl: readFileSync(join(root, schemaPath(service)), 'utf8'),
      };
    } catch {
      throw new StartError(`${schemaPath(service)} is missing: run \`npm run generate\`.`);
    }
  });
  const composed = composeSupergraph(parts);
  if ('errors' in composed) throw new StartError(`The subgraphs do not compose: ${composed.errors[0]?.message}`);
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, composed.supergraph);
  renameSync(temporary, file);
}

/** Calls back when the committed SDL of a subgraph has changed. */
export function watchSchemas(
  root: string,
  subgraphs: readonly Service[],
  onChange: () => void,
): { stop(): Promise<void> } {
  const files = subgraphs.map((service) => join(root, schemaPath(service)));
  // By its state, not by events: editors replace files, and generators write them twice.
  for (const file of files) watchFile(file, { interval: WATCH_EVERY_MS, persistent: false }, onChange);
  return {
    async stop() {
      for (const file of files) unwatchFile(file, onChange);
    },
  };
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, unwatchFile, watchFile, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '@community/database/start-error';
import type { SubgraphSource } from '@community/rover/compose';
import type { DataFolder } from './data-folder.ts';
import type { Service } from './service.ts';

const WATCH_EVERY_MS = 500;

/** Where a subgraph's SDL is committed, relative to the repository. */
export function schemaPath(service: Service): string {
  return `subgraphs/${service.name}/schema.graphql`;
}

/** The subgraphs' committed SDL. @throws StartError when a file is missing */
export function readSchemas(root: string, subgraphs: readonly Service[]): SubgraphSource[] {
  return subgraphs.map((service) => {
    try {
      return {
        name: service.name,
        url: `http://${service.name}/graphql`,
        sdl: readFileSync(join(root, schemaPath(service)), 'utf8'),
      };
    } catch {
      throw new StartError(`${schemaPath(service)} is missing: run \`npm run schema\`.`);
    }
  });
}

interface Marks {
  readonly composed?: string;
  readonly published?: string;
}

const hashOf = (schemas: readonly SubgraphSource[]) =>
  createHash('sha256').update(JSON.stringify(schemas)).digest('hex');

function replaceFile(file: string, content: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/** Remembers, over starts, which committed SDL was composed and which was published. */
export function openMarks(file: string) {
  function read(): Marks {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Marks;
    } catch {
      return {};
    }
  }
  return {
    has: (mark: keyof Marks, schemas: readonly SubgraphSource[]): boolean => read()[mark] === hashOf(schemas),
    set: (mark: keyof Marks, schemas: readonly SubgraphSource[]): void =>
      replaceFile(file, JSON.stringify({ ...read(), [mark]: hashOf(schemas) })),
  };
}

/**
 * Composes the subgraphs' committed SDL and replaces the supergraph file as a whole: the gateway follows it. When the
 * SDL is that of the last time, the file stays: the registry may have delivered a newer supergraph since.
 * @throws StartError with the first fault of the composition
 */
export async function writeSupergraph(
  root: string,
  subgraphs: readonly Service[],
  folder: Pick<DataFolder, 'supergraph' | 'schemaMark'>,
): Promise<void> {
  const schemas = readSchemas(root, subgraphs);
  const marks = openMarks(folder.schemaMark);
  if (existsSync(folder.supergraph) && marks.has('composed', schemas)) return;
  const { composeSupergraph } = await import('@community/rover/compose');
  const composed = composeSupergraph(schemas);
  if ('errors' in composed) throw new StartError(`The subgraphs do not compose: ${composed.errors[0]?.message}`);
  replaceFile(folder.supergraph, composed.supergraph);
  marks.set('composed', schemas);
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

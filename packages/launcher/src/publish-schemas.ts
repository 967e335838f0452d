import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFolder } from './data-folder.ts';
import type { Service } from './service.ts';
import { GRAPH_REF } from './services.ts';
import { openMarks, readSchemas } from './supergraph.ts';

/** Parts of the graph for some clients, by `@tag`. */
const CONTRACTS = 'rover/contracts.json';

/**
 * Publishes the subgraphs' committed SDL to a registry in one launch, and the contracts of the graph, unless that was
 * done with this SDL before: what owners publish by Rover in the meantime stays.
 * @throws Error when the registry does not take it
 */
export async function publishSchemas(options: {
  root: string;
  subgraphs: readonly Service[];
  folder: Pick<DataFolder, 'schemaMark'>;
  url: string;
  key: string;
}): Promise<void> {
  const schemas = readSchemas(options.root, options.subgraphs);
  const marks = openMarks(options.folder.schemaMark);
  if (marks.has('published', schemas)) return;
  // Loaded late: the graph is ready before this is needed.
  const [{ connect }, { publishSubgraphs }, { publishContracts }] = await Promise.all([
    import('@community/schema-registry/cli/api'),
    import('@community/schema-registry/cli/publish'),
    import('@community/schema-registry/cli/contracts'),
  ]);
  const api = connect(options.url, options.key);
  const launch = await publishSubgraphs(api, GRAPH_REF, schemas, { message: 'the committed schemas, at the start' });
  if (launch.errors.length > 0) throw new Error(launch.errors[0]);
  await publishContracts(api, GRAPH_REF, readFileSync(join(options.root, CONTRACTS), 'utf8'));
  marks.set('published', schemas);
}

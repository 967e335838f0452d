import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '@community/database/start-error';
import { GATEWAY } from './engines.ts';
import { SERVING_FLAGS, type Service } from './service.ts';

export const REGISTRY: Service = {
  name: 'registry',
  kind: 'registry',
  entry: 'schema-registry/src/main.ts',
  // A composition makes some hundred megabytes of short-lived objects: in a small nursery a quarter of it is collection.
  nodeFlags: ['--max-semi-space-size=64'],
};

/** The graph of this platform, as registry and routers call it. */
export const GRAPH_REF = 'community@current';

/** The subgraphs of the repository: each folder of `subgraphs/` that has a `src/main.ts`. */
export function findSubgraphs(root: string): Service[] {
  const folder = join(root, 'subgraphs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map(
      (name): Service => ({ name, kind: 'subgraph', entry: `subgraphs/${name}/src/main.ts`, nodeFlags: SERVING_FLAGS }),
    )
    .filter((service) => existsSync(join(root, service.entry)));
}

/**
 * The services to run: the gateway, and all subgraphs or those named. A whole graph has a registry beside it, unless
 * `REGISTRY_URL` names one that runs elsewhere.
 * @throws StartError when a name is not that of a subgraph
 */
export function selectServices(
  root: string,
  only: readonly string[] | undefined,
  env: NodeJS.ProcessEnv = process.env,
): { subgraphs: Service[]; registry: Service | undefined; gateway: Service } {
  const all = findSubgraphs(root);
  const unknown = only?.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined)
    throw new StartError(
      `There is no subgraph "${unknown}": choose from ${all.map((service) => service.name).join(', ')}.`,
    );
  const hasRegistry = !only && !env.REGISTRY_URL && existsSync(join(root, REGISTRY.entry));
  return {
    subgraphs: only ? all.filter((service) => only.includes(service.name)) : all,
    registry: hasRegistry ? REGISTRY : undefined,
    gateway: GATEWAY,
  };
}

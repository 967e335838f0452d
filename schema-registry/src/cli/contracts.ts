import { readContracts } from '@community/rover/contracts';
import { parseGraphRef } from '../names.ts';
import { type Api, CliError, found } from './api.ts';

/**
 * Defines the contracts of a variant, as `readContracts` reads them.
 * @throws CliError when one of them cannot be
 */
export async function publishContracts(api: Api, ref: string, json: string): Promise<void> {
  const { graphId, variant } = parseGraphRef(ref);
  for (const [name, filter] of Object.entries(readContracts(json))) {
    const { graph } = await api.ask<{ graph: { upsertContractVariant: { errorMessages?: string[] } } | null }>(
      `mutation PublishContract($graphId: ID!, $name: String!, $source: String!, $filter: FilterConfigInput!) {
        graph(id: $graphId) { upsertContractVariant(contractVariantName: $name, sourceVariant: $source, filterConfig: $filter) {
          ... on ContractVariantUpsertErrors { errorMessages }
        } }
      }`,
      { graphId, name, source: variant, filter },
    );
    const { errorMessages } = found(graph, `graph ${graphId}`).upsertContractVariant;
    if (errorMessages?.[0]) throw new CliError(`The contract "${name}": ${errorMessages[0]}`);
  }
}

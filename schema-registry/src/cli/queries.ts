import { parseGraphRef } from '../names.ts';
import { type Api, found, table } from './api.ts';

interface ListRow {
  id: string;
  revision: number;
  operations: {
    id: string;
    clientName: string | null;
    name: string;
    lastUsedAt: string | null;
    servedTill: string | null;
  }[];
}

async function listOf(api: Api, ref: string): Promise<ListRow> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{ graph: { variant: { persistedQueryList: ListRow | null } | null } | null }>(
    `query Queries($graphId: ID!, $variant: String!) {
      graph(id: $graphId) { variant(name: $variant) { persistedQueryList {
        id revision operations { id clientName name lastUsedAt servedTill }
      } } }
    }`,
    { graphId, variant },
  );
  return found(found(graph?.variant, `variant ${ref}`).persistedQueryList, `persisted-query list of ${ref}`);
}

/** `queries list <ref>` */
export async function listQueries(api: Api, ref: string): Promise<string> {
  const { revision, operations } = await listOf(api, ref);
  return `Revision ${revision}\n${table(
    ['id', 'client', 'name', 'last used', 'removed, served until'],
    operations.map((operation) => [
      operation.id,
      operation.clientName ?? 'any',
      operation.name,
      operation.lastUsedAt ?? 'never',
      operation.servedTill ?? '',
    ]),
  )}`;
}

/** `queries remove <ref> <id…> [--client NAME] [--grace DAYS]` */
export async function removeQueries(
  api: Api,
  ref: string,
  ids: readonly string[],
  clientName: string | null,
  graceDays: number,
): Promise<string> {
  const { graphId } = parseGraphRef(ref);
  const { id: listId } = await listOf(api, ref);
  const { graph } = await api.ask<{
    graph: { persistedQueryList: { removeOperations: { revision: number; removed: number } } };
  }>(
    `mutation Remove($graphId: ID!, $listId: ID!, $operations: [PersistedQueryKeyInput!]!, $graceDays: Int!) {
      graph(id: $graphId) { persistedQueryList(id: $listId) {
        removeOperations(operations: $operations, graceDays: $graceDays) { revision removed }
      } }
    }`,
    { graphId, listId, operations: ids.map((id) => ({ id, clientName })), graceDays },
  );
  const { revision, removed } = graph.persistedQueryList.removeOperations;
  return `Removed ${removed} in revision ${revision}; ${graceDays === 0 ? 'they are refused from now on' : `they are served for ${graceDays} days, and while clients still send them`}.`;
}

import { parseGraphRef } from '../names.ts';
import { type Api, found } from './api.ts';

/** `approve <graph> <check> [--change KEY…] [--for-good]` */
export async function approve(
  api: Api,
  graphId: string,
  id: string,
  changes: readonly string[] | null,
  forGood: boolean,
): Promise<string> {
  const { graph } = await api.ask<{ graph: { approveCheck: { status: string; targetURL: string } } | null }>(
    `mutation Approve($graphId: ID!, $id: ID!, $changes: [String!], $forGood: Boolean!) {
      graph(id: $graphId) { approveCheck(id: $id, changes: $changes, forGood: $forGood) { status targetURL } }
    }`,
    { graphId, id, changes, forGood },
  );
  const { status, targetURL } = found(graph, `graph ${graphId}`).approveCheck;
  return `The check has now ${status.toLowerCase()}.\n${targetURL}`;
}

/** `settings <ref> [JSON]`: how checks of a variant judge. */
export async function settings(api: Api, ref: string, change: object): Promise<string> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{ graph: { variant: { updateCheckSettings: object } | null } | null }>(
    `mutation Settings($graphId: ID!, $variant: String!, $settings: CheckSettings!) {
      graph(id: $graphId) { variant(name: $variant) { updateCheckSettings(settings: $settings) } }
    }`,
    { graphId, variant, settings: change },
  );
  return JSON.stringify(found(graph?.variant, `variant ${ref}`).updateCheckSettings, null, 2);
}

import { parseGraphRef } from '../names.ts';
import { type Api, found, table } from './api.ts';

interface LaunchRow {
  number: number;
  status: string;
  inService: boolean;
  createdAt: string;
  actor: string;
  summary: string;
  errors: { message: string }[];
  url: string;
  git: { commit: string | null; branch: string | null };
}

/** `launches <ref>`: the history of a variant, newest first. */
export async function launches(api: Api, ref: string, options: { first: number; before?: number }): Promise<string> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{ graph: { variant: { launches: LaunchRow[] } | null } | null }>(
    `query Launches($graphId: ID!, $variant: String!, $first: Int!, $before: Int) {
      graph(id: $graphId) { variant(name: $variant) { launches(first: $first, before: $before) {
        number status inService createdAt actor summary errors { message } git { commit branch }
      } } }
    }`,
    { graphId, variant, ...options },
  );
  const rows = found(graph?.variant, `variant ${ref}`).launches;
  return table(
    ['#', 'state', 'time', 'by', 'commit', 'what'],
    rows.map((row) => [
      String(row.number),
      row.inService ? 'in service' : row.status === 'LAUNCH_FAILED' ? 'failed' : 'was good',
      row.createdAt,
      row.actor,
      row.git.commit?.slice(0, 8) ?? '',
      `${row.summary}${row.errors[0] ? `: ${row.errors[0].message}` : ''}`,
    ]),
  );
}

/** `diff <ref> <from> <to>`: how two launches differ. */
export async function diff(api: Api, ref: string, from: number, to: number): Promise<string> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{
    graph: {
      variant: {
        difference: {
          subgraphs: { name: string; kind: string }[];
          changes: { code: string; description: string; impact: string }[];
        };
      } | null;
    } | null;
  }>(
    `query Difference($graphId: ID!, $variant: String!, $from: Int!, $to: Int!) {
      graph(id: $graphId) { variant(name: $variant) { difference(from: $from, to: $to) {
        subgraphs { name kind } changes { code description impact }
      } } }
    }`,
    { graphId, variant, from, to },
  );
  const { subgraphs, changes } = found(graph?.variant, `variant ${ref}`).difference;
  const parts = subgraphs.map(({ name, kind }) => `${kind.toLowerCase()} ${name}`).join(', ');
  return [
    `Subgraphs: ${parts || 'the same'}`,
    changes.length === 0
      ? 'Clients see the same schema.'
      : table(
          ['impact', 'code', 'change'],
          changes.map(({ impact, code, description }) => [impact, code, description]),
        ),
  ].join('\n');
}

/** `rollback <ref> [--to N]`: an earlier launch in service again. */
export async function rollback(api: Api, ref: string, to: number | null): Promise<string> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{ graph: { rollback: LaunchRow } | null }>(
    `mutation Rollback($graphId: ID!, $variant: String!, $to: Int) {
      graph(id: $graphId) { rollback(graphVariant: $variant, to: $to) { number summary url } }
    }`,
    { graphId, variant, to },
  );
  const { number, summary, url } = found(graph, `graph ${graphId}`).rollback;
  return `Launch #${number} ${summary}. Routers have it within 10 seconds.\n${url}`;
}

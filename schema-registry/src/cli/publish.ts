import { readSubgraphs } from '@community/rover/supergraph-config';
import { parseGraphRef } from '../names.ts';
import { type Api, CliError, found } from './api.ts';

/** A subgraph to publish, with its SDL. */
export interface SubgraphToPublish {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

interface Published {
  readonly number: number;
  readonly errors: readonly string[];
  readonly url: string;
}

/** Publishes several subgraphs in one launch. @throws CliError when the registry refuses all of them */
export async function publishSubgraphs(
  api: Api,
  ref: string,
  subgraphs: readonly SubgraphToPublish[],
  git: { commit?: string; branch?: string; committer?: string; remoteUrl?: string; message?: string } = {},
): Promise<Published> {
  const { graphId, variant } = parseGraphRef(ref);
  const { graph } = await api.ask<{
    graph: { publishSubgraphs: { errors: { message: string }[]; launchUrl: string } } | null;
  }>(
    `mutation PublishSubgraphs($graphId: ID!, $variant: String!, $subgraphs: [SubgraphInput!]!, $git: GitContextInput) {
      graph(id: $graphId) { publishSubgraphs(graphVariant: $variant, subgraphs: $subgraphs, gitContext: $git) {
        errors { message } launchUrl
      } }
    }`,
    { graphId, variant, subgraphs: subgraphs.map(({ name, url, sdl }) => ({ name, url, sdl })), git },
  );
  const { errors, launchUrl } = found(graph, `graph ${graphId}`).publishSubgraphs;
  return { errors: errors.map(({ message }) => message), url: launchUrl, number: Number(launchUrl.split('/').at(-1)) };
}

/** `publish <ref> --config supergraph.yaml`: all subgraphs of a configuration in one launch. */
export async function publish(api: Api, ref: string, config: string): Promise<string> {
  const read = readSubgraphs(config, undefined);
  if ('errors' in read) throw new CliError(read.errors.join('\n'));
  const env = process.env;
  const launch = await publishSubgraphs(api, ref, read.subgraphs, {
    commit: env.APOLLO_VCS_COMMIT,
    branch: env.APOLLO_VCS_BRANCH,
    committer: env.APOLLO_VCS_AUTHOR,
    remoteUrl: env.APOLLO_VCS_REMOTE_URL,
  });
  if (launch.errors.length > 0)
    throw new CliError(
      `Launch #${launch.number} failed to compose; the last good supergraph stays in service.\n${launch.errors.join('\n')}\n${launch.url}`,
    );
  return `Launch #${launch.number} is in service: ${read.subgraphs.map(({ name }) => name).join(', ')}.\n${launch.url}`;
}

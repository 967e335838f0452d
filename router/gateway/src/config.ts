import { type FrontDoorConfig, listVariable, readFrontDoorConfig } from '@community/front-door/config';
import { LABEL } from '@community/front-door/override-labels';
import { documentsPathIn, documentsVariables } from '@community/front-door/persisted-documents';
import { ConfigError, readConfig, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';

/** What the gateway must be told. */
export interface GatewayConfig extends FrontDoorConfig {
  /** The file that holds the supergraph; followed while it changes. */
  readonly supergraphPath: string;
  /** What happens to documents that are not persisted ones. */
  readonly safelist: 'off' | 'log' | 'enforce';
  /** The file of persisted documents; followed while it changes. */
  readonly documentsPath: string;
  /** Labels of moves of fields that are on for everybody, besides those that are percentages. */
  readonly overrideLabels?: readonly string[];
  /** An engine of its own process that executes queries and mutations: where it takes GraphQL over HTTP. */
  readonly engineUrl?: string;
  /** The registry that delivers supergraph and persisted documents, and takes reports of use. */
  readonly registry?: { readonly registryUrl: string; readonly key: string; readonly graphRef: string };
}

function registryOf(config: { REGISTRY_URL?: string; REGISTRY_ROUTER_KEY?: string; GRAPH_REF: string }) {
  const { REGISTRY_URL: registryUrl, REGISTRY_ROUTER_KEY: key, GRAPH_REF: graphRef } = config;
  if (!registryUrl) return undefined;
  if (!key) throw new ConfigError('configuration: REGISTRY_ROUTER_KEY is not set although REGISTRY_URL is');
  return { registryUrl, key, graphRef };
}

/** Reads the gateway's configuration from the environment. @throws ConfigError */
export function readGatewayConfig(env: NodeJS.ProcessEnv = process.env): GatewayConfig {
  const config = readConfig(
    {
      ...documentsVariables,
      SAFELIST: z.enum(['off', 'log', 'enforce']).default('off'),
      OVERRIDE_LABELS: listVariable.refine((labels) => labels.every((label) => LABEL.test(label)), {
        error: 'must be labels of @override, separated by commas; percent(n) needs no setting',
      }),
      ENGINE_URL: z.url().optional(),
      REGISTRY_URL: serviceUrlVariable.optional(),
      REGISTRY_ROUTER_KEY: z.string().optional(),
      GRAPH_REF: z.string().default('community@current'),
    },
    env,
  );
  return {
    ...readFrontDoorConfig(env),
    supergraphPath: config.SUPERGRAPH_PATH,
    safelist: config.SAFELIST,
    documentsPath: documentsPathIn(config),
    overrideLabels: config.OVERRIDE_LABELS,
    engineUrl: config.ENGINE_URL,
    registry: registryOf(config),
  };
}

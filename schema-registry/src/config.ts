import {
  ConfigError,
  commonVariables,
  databaseUrlVariable,
  readConfig,
  serviceUrlVariable,
} from '@community/kit/config';
import { z } from 'zod';
import { checkedGraphId } from './names.ts';
import { APOLLO_UPLINK, type EntitlementSource } from './uplink/entitlement.ts';

export interface RegistryConfig {
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly databaseUrl: string;
  /** Where people and routers reach this registry; default: where it listens. */
  readonly publicUrl?: string;
  /** Graphs that are made unless they are there. */
  readonly graphs: readonly string[];
  /** A key of the first graph with every right, chosen by the operator. */
  readonly firstKey?: string;
  /** A key of the first graph for routers, chosen by the operator. */
  readonly routerKey?: string;
  /** The operator's account with Apollo, when her routers run by its licence. */
  readonly licence?: EntitlementSource;
  /** A folder of policies that checks ask; see modules/check/policies.ts. */
  readonly policies?: string;
  /** How long use, and checks, are kept. */
  readonly retentionDays: number;
}

const keyVariable = z.string().min(16, { error: 'must have at least 16 characters' }).optional();

const graphList = z
  .string()
  .default('community')
  .transform((text, context) => {
    try {
      return text.split(',').map((id) => checkedGraphId(id.trim()));
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
      return z.NEVER;
    }
  });

function licenceOf(config: {
  APOLLO_LICENCE_KEY?: string;
  APOLLO_LICENCE_GRAPH_REF?: string;
  APOLLO_LICENCE_UPLINK: string;
}): EntitlementSource | undefined {
  const { APOLLO_LICENCE_KEY: key, APOLLO_LICENCE_GRAPH_REF: graphRef, APOLLO_LICENCE_UPLINK: endpoint } = config;
  if (!key && !graphRef) return undefined;
  if (!key || !graphRef)
    throw new ConfigError(
      'configuration: APOLLO_LICENCE_KEY and APOLLO_LICENCE_GRAPH_REF are set together, or not at all',
    );
  return { key, graphRef, endpoint };
}

/** Reads the configuration from environment variables. @throws ConfigError */
export function readRegistryConfig(env: NodeJS.ProcessEnv = process.env): RegistryConfig {
  const config = readConfig(
    {
      ...commonVariables,
      DATABASE_URL_REGISTRY: databaseUrlVariable,
      REGISTRY_PUBLIC_URL: serviceUrlVariable.optional(),
      REGISTRY_GRAPHS: graphList,
      REGISTRY_POLICIES: z.string().optional(),
      REGISTRY_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
      APOLLO_LICENCE_KEY: z.string().optional(),
      APOLLO_LICENCE_GRAPH_REF: z.string().optional(),
      APOLLO_LICENCE_UPLINK: z.url().default(APOLLO_UPLINK),
      REGISTRY_KEY: keyVariable,
      REGISTRY_ROUTER_KEY: keyVariable,
    },
    env,
  );
  return {
    host: config.HOST,
    port: config.PORT,
    logLevel: config.LOG_LEVEL,
    databaseUrl: config.DATABASE_URL_REGISTRY,
    publicUrl: config.REGISTRY_PUBLIC_URL,
    graphs: config.REGISTRY_GRAPHS,
    firstKey: config.REGISTRY_KEY,
    routerKey: config.REGISTRY_ROUTER_KEY,
    policies: config.REGISTRY_POLICIES,
    licence: licenceOf(config),
    retentionDays: config.REGISTRY_RETENTION_DAYS,
  };
}

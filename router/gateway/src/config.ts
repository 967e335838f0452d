import { ConfigError, commonVariables, readConfig, secretVariable, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';

/** What the gateway must be told. */
export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly logLevel: string;
  /** The file that holds the supergraph; followed while it changes. */
  readonly supergraphPath: string;
  /** Addresses of subgraphs by the names that the supergraph calls them, without a path. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly routerSecret: string;
  readonly publicUrl: string;
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly rateLimits: 'default' | 'test';
  /** A secret: it may hold a password. */
  readonly redisUrl?: string;
  /** Whether the answers to public reads are given again. */
  readonly sharedReads: boolean;
  /** What happens to documents that are not persisted ones. */
  readonly safelist: 'off' | 'log' | 'enforce';
  /** The file of persisted documents; followed while it changes. */
  readonly documentsPath: string;
  /** An engine of its own process that executes queries and mutations: where it takes GraphQL over HTTP. */
  readonly engineUrl?: string;
  /** The registry that delivers supergraph and persisted documents, and takes reports of use. */
  readonly registry?: { readonly url: string; readonly key: string; readonly graphRef: string };
}

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

function registryOf(config: { REGISTRY_URL?: string; REGISTRY_ROUTER_KEY?: string; GRAPH_REF: string }) {
  const { REGISTRY_URL: url, REGISTRY_ROUTER_KEY: key, GRAPH_REF: graphRef } = config;
  if (!url) return undefined;
  if (!key) throw new ConfigError('configuration: REGISTRY_ROUTER_KEY is not set although REGISTRY_URL is');
  return { url, key, graphRef };
}

/** Reads the gateway's configuration from the environment. @throws ConfigError */
export function readGatewayConfig(env: NodeJS.ProcessEnv = process.env): GatewayConfig {
  const config = readConfig(
    {
      ...commonVariables,
      SUPERGRAPH_PATH: z.string(),
      ROUTER_SECRET: secretVariable,
      SUBGRAPH_URL_AUTH: serviceUrlVariable.optional(),
      PUBLIC_URL: serviceUrlVariable.optional(),
      CORS_ORIGINS: list,
      TRUSTED_PROXIES: list,
      RATE_LIMITS: z.enum(['default', 'test']).default('default'),
      REDIS_URL: z.string().optional(),
      SHARED_READS: z.enum(['on', 'off']).default('on'),
      SAFELIST: z.enum(['off', 'log', 'enforce']).default('off'),
      PERSISTED_DOCUMENTS_PATH: z.string().optional(),
      ENGINE_URL: z.url().optional(),
      REGISTRY_URL: serviceUrlVariable.optional(),
      REGISTRY_ROUTER_KEY: z.string().optional(),
      GRAPH_REF: z.string().default('community@current'),
    },
    env,
  );
  const prefix = 'SUBGRAPH_URL_';
  const names = Object.keys(env).filter((name) => name.startsWith(prefix) && env[name]);
  const urls = readConfig(Object.fromEntries(names.map((name) => [name, serviceUrlVariable])), env) as Record<
    string,
    string
  >;
  return {
    host: config.HOST,
    port: config.PORT,
    production: config.NODE_ENV === 'production',
    logLevel: config.LOG_LEVEL,
    supergraphPath: config.SUPERGRAPH_PATH,
    subgraphUrls: Object.fromEntries(
      Object.entries(urls).map(([name, url]) => [name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), url]),
    ),
    routerSecret: config.ROUTER_SECRET,
    publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    rateLimits: config.RATE_LIMITS,
    redisUrl: config.REDIS_URL,
    sharedReads: config.SHARED_READS === 'on',
    safelist: config.SAFELIST,
    documentsPath: config.PERSISTED_DOCUMENTS_PATH ?? `${config.SUPERGRAPH_PATH}.documents.json`,
    engineUrl: config.ENGINE_URL,
    registry: registryOf(config),
  };
}

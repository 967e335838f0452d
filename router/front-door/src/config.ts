import { commonVariables, readConfig, secretVariable, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';
import type { RateLimitProfile } from './rate-limits.ts';

/** What a process with a front door must be told. */
export interface FrontDoorConfig {
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly logLevel: string;
  /** Addresses of subgraphs by the names that the supergraph calls them, without a path. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly routerSecret: string;
  /** Where browsers find the platform; `https` makes cookies secure. */
  readonly publicUrl: string;
  /** Other origins whose pages may use the graph with a member's cookies. */
  readonly corsOrigins: readonly string[];
  /** CIDRs of proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  readonly rateLimits: RateLimitProfile;
  /** A secret: it may hold a password. */
  readonly redisUrl?: string;
  /** Whether the answers to public reads are given again. */
  readonly sharedReads: boolean;
}

/** Words that are separated by commas. */
export const listVariable = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

const SUBGRAPH_URL = 'SUBGRAPH_URL_';

function subgraphUrlsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = Object.keys(env).filter((name) => name.startsWith(SUBGRAPH_URL) && env[name]);
  const urls = readConfig(Object.fromEntries(names.map((name) => [name, serviceUrlVariable])), env) as Record<
    string,
    string
  >;
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => [
      name.slice(SUBGRAPH_URL.length).toLowerCase().replaceAll('_', '-'),
      url,
    ]),
  );
}

/** Reads a front door's configuration from the environment. @throws ConfigError */
export function readFrontDoorConfig(env: NodeJS.ProcessEnv = process.env): FrontDoorConfig {
  const config = readConfig(
    {
      ...commonVariables,
      ROUTER_SECRET: secretVariable,
      PUBLIC_URL: serviceUrlVariable.optional(),
      CORS_ORIGINS: listVariable,
      TRUSTED_PROXIES: listVariable,
      RATE_LIMITS: z.enum(['default', 'test']).default('default'),
      REDIS_URL: z.string().optional(),
      SHARED_READS: z.enum(['on', 'off']).default('on'),
    },
    env,
  );
  return {
    host: config.HOST,
    port: config.PORT,
    production: config.NODE_ENV === 'production',
    logLevel: config.LOG_LEVEL,
    subgraphUrls: subgraphUrlsOf(env),
    routerSecret: config.ROUTER_SECRET,
    publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    rateLimits: config.RATE_LIMITS,
    redisUrl: config.REDIS_URL,
    sharedReads: config.SHARED_READS === 'on',
  };
}

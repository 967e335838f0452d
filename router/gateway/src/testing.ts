import type { GatewayConfig } from './config.ts';

/**
 * The configuration of a gateway for tests, on a free port, in the mode of production unless told.
 * @param parts what it serves, and what is to be otherwise
 */
export const testConfig = (
  parts: Pick<GatewayConfig, 'supergraphPath' | 'subgraphUrls' | 'routerSecret'> & Partial<GatewayConfig>,
): GatewayConfig => ({
  host: '127.0.0.1',
  port: 0,
  production: true,
  logLevel: process.env.LOG_LEVEL ?? 'silent',
  documentsPath: `${parts.supergraphPath}.documents.json`,
  publicUrl: 'http://localhost',
  corsOrigins: [],
  trustedProxies: [],
  rateLimits: 'test',
  safelist: 'off',
  sharedReads: false,
  ...parts,
});

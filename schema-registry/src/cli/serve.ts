import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '@community/database/embedded';
import { provisionDatabases } from '@community/database/provision';
import { StartError } from '@community/database/start-error';
import { ConfigError } from '@community/kit/config';
import { checkedGraphId } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { startRegistry } from '../registry.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly graphs: readonly string[];
  readonly publicUrl?: string;
  readonly policies?: string;
}

/** The password of the registry's database role; made once, readable by its owner only. */
function passwordIn(folder: string): string {
  const file = path.join(folder, 'database-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Runs a registry alone: an embedded database in a folder, and all that the registry speaks, at one port. */
export function serve(options: ServeOptions): Promise<{ port: number; stop(): Promise<void> }> {
  return start(options).catch((error: unknown) => {
    throw told(error);
  });
}

async function start(options: ServeOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const graphs = options.graphs.map(checkedGraphId);
  const folder = path.resolve(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const database = process.env.DATABASE_URL_REGISTRY
    ? undefined
    : await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres') });
  try {
    const databaseUrl =
      process.env.DATABASE_URL_REGISTRY ??
      (
        await provisionDatabases({
          superuserUrl: database?.superuserUrl ?? '',
          domains: ['registry'],
          passwordFor: () => passwordIn(folder),
        })
      ).registry;
    const registry = await startRegistry({
      host: options.host,
      port: options.port,
      logLevel: process.env.LOG_LEVEL ?? 'warn',
      databaseUrl,
      publicUrl: options.publicUrl,
      graphs,
      firstKey: process.env.REGISTRY_KEY || undefined,
      policies: options.policies,
      retentionDays: Number(process.env.REGISTRY_RETENTION_DAYS ?? 90),
    });
    console.log(`Registry   ${registry.url}
Rover      export APOLLO_REGISTRY_URL=${registry.url}/graphql
Uplink     ${registry.url}/uplink
Usage      ${registry.url}/api/ingress/traces   ${registry.url}/usage
Graphs     ${graphs.join(', ')}`);
    for (const { graphId, token } of registry.newKeys)
      console.log(
        `Key        ${token}\n           may do everything with "${graphId}"; it is shown this once, so keep it now.`,
      );
    return {
      port: registry.port,
      async stop() {
        await registry.stop();
        await database?.stop();
      },
    };
  } catch (error) {
    await database?.stop();
    throw error;
  }
}

/** What the operator can mend is told in one line. */
function told(error: unknown): unknown {
  return error instanceof Refusal || error instanceof StartError ? new ConfigError(error.message) : error;
}

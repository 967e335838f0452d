import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The variables of the platform that runs with this data folder, and over them what the environment says: for
 * command-line tools.
 */
export function platformVariables(dataDir: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const file = join(dataDir, 'runtime.json');
  const runtime = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { services?: Record<string, { env?: Record<string, string> }> })
    : {};
  const variables = [...Object.values(runtime.services ?? {}).map((service) => service.env ?? {}), env];
  return Object.fromEntries(
    variables.flatMap((set) => Object.entries(set)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** The URLs of that platform's databases by domain (`DATABASE_URL_<DOMAIN>`). */
export function platformDatabases(dataDir: string, env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(platformVariables(dataDir, env)).flatMap(([name, value]) =>
      name.startsWith('DATABASE_URL_') ? [[name.slice(13).toLowerCase(), value]] : [],
    ),
  );
}

/** The domains among these databases: those with an outbox, an inbox and jobs. The log and the registry have none. */
export const domainsOf = (databases: Record<string, string>): string[] =>
  Object.keys(databases).filter((name) => name !== 'events' && name !== 'registry');

/** What a tool says of a domain whose database it does not find. */
export const unknownDatabase = (name: string): string =>
  `the database of ${name} is not known: start the platform, or set DATABASE_URL_${name.toUpperCase()}`;

import { StartError } from '@community/database/start-error';
import { type Service, variable } from './service.ts';

/** The names of the databases: one for each of the services, and the event log's unless that is on Kafka. */
export function databaseNames(services: readonly Service[], env: NodeJS.ProcessEnv = process.env): string[] {
  return [...services.map(({ name }) => name), ...(env.KAFKA_BROKERS ? [] : ['events'])];
}

/**
 * The databases that the environment names, undefined when it names none.
 * @throws StartError when it names some and not all
 */
export function externalDatabases(
  services: readonly Service[],
  env: NodeJS.ProcessEnv = process.env,
): Record<string, string> | undefined {
  const domains = databaseNames(services, env);
  const given = domains.filter((domain) => env[variable('DATABASE_URL', domain)]);
  if (given.length === 0) return undefined;
  const missing = domains.filter((domain) => !given.includes(domain)).map((domain) => variable('DATABASE_URL', domain));
  if (missing.length > 0)
    throw new StartError(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set although other databases are: set all of them, or none for embedded databases.`,
    );
  return Object.fromEntries(domains.map((domain) => [domain, String(env[variable('DATABASE_URL', domain)])]));
}

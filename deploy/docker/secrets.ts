import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { databaseUrl } from '@community/database/connection';
import { FRONT_DOOR, HIVE_ROUTER } from '@community/launcher/engines';
import { environmentOf, isWithheld } from '@community/launcher/environment';
import { databasePassword, loadSecrets } from '@community/launcher/secrets';
import type { Service } from '@community/launcher/service';
import { selectServices } from '@community/launcher/services';

/*
 * Makes the secrets of an installation once, and gives each service those that are its own: a folder a service, each on
 * a volume that only it mounts. Safe to repeat. Secrets that the environment sets win over those that were made.
 */
const base = process.env.SECRETS_FOLDER ?? '/run/community';
const postgresHost = process.env.POSTGRES_HOST ?? 'postgres:5432';
const redisHost = process.env.REDIS_HOST ?? 'redis:6379';

const { secrets } = loadSecrets(path.join(base, 'all', 'secrets.json'));
const { subgraphs, registry, gateway } = selectServices(process.cwd(), undefined, {});
const services: Service[] = [...subgraphs, ...(registry ? [registry] : []), gateway, FRONT_DOOR, HIVE_ROUTER];
const domains = [...subgraphs, ...(registry ? [registry] : [])].map(({ name }) => name);
const superuser = { name: 'postgres', password: databasePassword(secrets, 'postgres') };
const redisPassword = databasePassword(secrets, 'redis');

/** Replaced as a whole: a service that starts meanwhile reads the old one or the new one. */
function write(service: string, name: string, content: string): void {
  const folder = path.join(base, service);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(`${file}.tmp`, content, { mode: 0o444 });
  renameSync(`${file}.tmp`, file);
}

const settings = {
  production: true,
  host: '0.0.0.0',
  port: 4000,
  secrets,
  ports: Object.fromEntries(domains.map((name) => [name, 4000])),
  databases: Object.fromEntries(
    domains.map((domain) => [
      domain,
      databaseUrl(`postgres://${postgresHost}`, domain, { name: domain, password: databasePassword(secrets, domain) }),
    ]),
  ),
  supergraphPath: '/var/lib/community/supergraph.graphql',
  mailFolder: '/var/lib/community',
  administrators: [],
};

for (const service of services) {
  const own = environmentOf(service, settings, {
    ...process.env,
    REDIS_URL: `redis://default:${redisPassword}@${redisHost}`,
  });
  const kept = Object.entries(own).filter(([name]) => isWithheld(name) && !name.startsWith('SUBGRAPH_URL_'));
  write(service.name, 'secrets.json', JSON.stringify(Object.fromEntries(kept)));
}
write(
  'databases',
  'secrets.json',
  JSON.stringify({
    DATABASE_SUPERUSER_URL: databaseUrl(`postgres://${postgresHost}`, 'postgres', superuser),
    DATABASE_SECRET: secrets.DATABASE_SECRET,
  }),
);
write('schemas', 'secrets.json', JSON.stringify({ APOLLO_KEY: secrets.REGISTRY_KEY }));
write('postgres', 'password', superuser.password);
write('redis', 'redis.conf', `requirepass ${redisPassword}\n`);
write('redis', 'password', redisPassword);
write('apollo-router', 'router-secret', secrets.ROUTER_SECRET);
write('apollo-router', 'apollo-key', secrets.REGISTRY_ROUTER_KEY);

// The routers start from the supergraph on disk, each of its own, and take newer ones from the registry from then on.
const state = process.env.STATE_FOLDER ?? '/var/lib/community';
for (const folder of [state, path.join(state, HIVE_ROUTER.name)]) {
  const supergraph = path.join(folder, 'supergraph.graphql');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(supergraph)) copyFileSync('router/supergraph.graphql', supergraph);
}
console.log(`secrets are there for ${services.map(({ name }) => name).join(', ')}`);

import { provisionDatabases } from '@community/database/provision';
import { databasePassword, type Secrets } from '@community/launcher/secrets';
import { selectServices } from '@community/launcher/services';

// Gives each domain its database and its role. Safe to repeat; the services migrate their own databases.
const { DATABASE_SUPERUSER_URL: superuserUrl, DATABASE_SECRET } = process.env;
if (!superuserUrl || !DATABASE_SECRET)
  throw new Error('configuration: DATABASE_SUPERUSER_URL and DATABASE_SECRET must be set');
const { subgraphs, registry } = selectServices(process.cwd(), undefined, {});
const domains = [...subgraphs, ...(registry ? [registry] : [])].map(({ name }) => name);
await provisionDatabases({
  superuserUrl,
  domains,
  passwordFor: (domain) => databasePassword({ DATABASE_SECRET } as Secrets, domain),
});
console.log(`databases are there for ${domains.join(', ')}`);

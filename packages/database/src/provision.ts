import pg from 'pg';
import { databaseUrl, withClient } from './connection.ts';
import { scramVerifier } from './scram.ts';

const { escapeIdentifier, escapeLiteral } = pg;

export interface ProvisionOptions {
  superuserUrl: string;
  /** Each gets a database and a role of its name. */
  domains: readonly string[];
  /** ASCII; set on every call, so that a changed secret takes effect. */
  passwordFor(domain: string): string;
}

/**
 * Gives each domain a database that its own role owns and no other role of a domain can connect to. Safe to repeat.
 * @returns the URL of each domain's database for its role
 */
export async function provisionDatabases<Domain extends string>({
  superuserUrl,
  domains,
  passwordFor,
}: ProvisionOptions & { domains: readonly Domain[] }): Promise<Record<Domain, string>> {
  await withClient(superuserUrl, async (client) => {
    // Every role is a member of PUBLIC, which may connect to any database unless this is taken away.
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
    for (const domain of domains) await provision(client, domain, passwordFor(domain));
  });
  return Object.fromEntries(
    domains.map((domain) => [
      domain,
      databaseUrl(superuserUrl, domain, { name: domain, password: passwordFor(domain) }),
    ]),
  ) as Record<Domain, string>;
}

async function provision(client: pg.Client, domain: string, password: string): Promise<void> {
  const name = escapeIdentifier(domain);
  const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [domain]);
  const login = `ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${escapeLiteral(scramVerifier(password))}`;
  await client.query(`${role.rowCount ? 'ALTER' : 'CREATE'} ${login}`);
  const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [domain]);
  if (!database.rowCount) await client.query(`CREATE DATABASE ${name} OWNER ${name}`);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
}

import { parseArgs } from 'node:util';
import { prismaDomains } from '../src/prisma-cli.ts';
import { generateClient, verifyClient } from '../src/prisma-client.ts';
import { schemaDrift, writeMigration } from '../src/prisma-migration.ts';
import { startThrowAwayPostgres } from '../src/throw-away-postgres.ts';

const USAGE = `Usage: npm run prisma -- <command>
  generate [domain…]              make the clients whose schema has changed
  check [domain…]                 fail unless clients and migrations agree with the schemas
  migrate <domain> --name <what>  write the migration that a changed schema needs, and make its client`;

const { values, positionals } = readArguments();
const [command, ...named] = positionals;
const domains = named.length > 0 ? named : prismaDomains();
const unknown = named.filter((domain) => !prismaDomains().includes(domain));

if (values.help) console.log(USAGE);
else if (unknown.length > 0) fail(`There is no prisma/${unknown[0]}/schema.prisma.`);
else if (command === 'generate') await generate();
else if (command === 'check') await check();
else if (command === 'migrate' && named.length === 1 && values.name) await migrate(named[0] ?? '', values.name);
else fail(USAGE);

function readArguments() {
  const options = { name: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return process.exit();
  }
}

async function generate(): Promise<void> {
  for (const domain of domains)
    console.log(`${domain}: ${(await generateClient(domain)) ? 'client generated' : 'client is up to date'}`);
}

async function check(): Promise<void> {
  await using server = await startThrowAwayPostgres();
  for (const domain of domains) {
    if (!(await verifyClient(domain)))
      fail(`${domain}: the committed client did not match the schema; it has been generated anew: commit it.`);
    const drift = await schemaDrift(domain, server.superuserUrl);
    if (drift)
      fail(
        `${domain}: the migrations lack this of the schema; write one with "npm run prisma -- migrate ${domain} --name <what>".\n${drift}`,
      );
  }
  if (!process.exitCode) console.log(`${domains.join(', ')}: clients and migrations agree with the schemas`);
}

async function migrate(domain: string, name: string): Promise<void> {
  await using server = await startThrowAwayPostgres();
  const file = await writeMigration(domain, name, server.superuserUrl);
  await generateClient(domain);
  console.log(
    file
      ? `${file}: read it, edit it, and see what "npm run lint:migrations" says.`
      : `${domain}: the migrations lead to the schema already.`,
  );
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

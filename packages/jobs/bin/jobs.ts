import { domainsOf, platformDatabases, unknownDatabase } from '@community/database/platform-databases';
import { readArguments, runCommand, UsageError } from '@community/kit/command';
import pg from 'pg';
import { listJobs, retryJobs } from '../src/job-list.ts';

const HELP = `Looks after the jobs that domains do later, again or by the clock.

  npm run jobs -- list [--domain auth] [--state dead]   what waits, runs, is retried, or was given up, and why
  npm run jobs -- retry --domain auth [<id>]            has one job that was given up, or all, done again

Databases are those of the platform that runs with --data-dir (default .data), or DATABASE_URL_<DOMAIN>. --json prints JSON.`;

const STATES = ['waiting', 'running', 'retrying', 'dead'];

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    domain: { type: 'string' },
    state: { type: 'string' },
    'data-dir': { type: 'string', default: '.data' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function withPool<T>(url: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

async function list(databases: Record<string, string>): Promise<void> {
  if (values.state && !STATES.includes(values.state)) throw new UsageError(`--state is one of ${STATES.join(', ')}`);
  const domains = values.domain ? [values.domain] : domainsOf(databases);
  const found = await Promise.all(
    domains.map(async (domain) => {
      const url = databases[domain];
      if (!url) throw new UsageError(unknownDatabase(domain));
      const jobs = await withPool(url, (pool) => listJobs(pool, { state: values.state }));
      return jobs.map((job) => ({ domain, ...job }));
    }),
  );
  const rows = found.flat();
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log('no jobs');
  else console.table(rows);
}

async function run(): Promise<void> {
  const [command, id] = positionals;
  if (values.help || !command) return console.log(HELP);
  const databases = platformDatabases(values['data-dir']);
  if (command === 'list') return list(databases);
  if (command !== 'retry') throw new UsageError(`there is no command ${command}`);
  const { domain } = values;
  if (!domain) throw new UsageError('--domain is missing');
  if (id !== undefined && !/^\d{1,18}$/.test(id)) throw new UsageError(`${id} is not the id of a job`);
  const url = databases[domain];
  if (!url) throw new UsageError(unknownDatabase(domain));
  console.log(`${await withPool(url, (pool) => retryJobs(pool, id))} will be done again`);
}

await runCommand('jobs', run);

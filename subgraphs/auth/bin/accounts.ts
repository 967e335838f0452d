import { platformDatabases, unknownDatabase } from '@community/database/platform-databases';
import { readArguments, runCommand, UsageError } from '@community/kit/command';
import { ROLES, type Role } from '@community/kit/member';
import { changeRoleByOperator } from '../src/operator.ts';

const HELP = `Gives and takes roles where no administrator can.

  npm run accounts -- grant-role --email mina@example.org --role administrator
  npm run accounts -- revoke-role --email mina@example.org --role moderator

The database is that of the platform that runs with --data-dir (default .data), or DATABASE_URL_AUTH. It takes effect when
the member signs in or refreshes her session, and stands in the audit log.`;

const KINDS: Readonly<Record<string, 'GRANT' | 'REVOKE'>> = { 'grant-role': 'GRANT', 'revoke-role': 'REVOKE' };

const { values, positionals } = readArguments({
  allowPositionals: true,
  options: {
    email: { type: 'string' },
    role: { type: 'string' },
    'data-dir': { type: 'string', default: '.data' },
    help: { type: 'boolean', default: false },
  },
});

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

async function changeRole(kind: 'GRANT' | 'REVOKE', email: string, role: Role): Promise<string> {
  const { auth: url } = platformDatabases(values['data-dir']);
  if (!url) throw new UsageError(unknownDatabase('auth'));
  const result = await changeRoleByOperator(url, email, { role, kind });
  if ('refused' in result) throw new UsageError(result.refused);
  return `${email} is ${result.roles.join(', ').toLowerCase()}`;
}

async function run(): Promise<string> {
  const [command] = positionals;
  if (values.help || !command) return HELP;
  const kind = KINDS[command];
  if (!kind) throw new UsageError(`there is no command ${command}`);
  if (!values.email) throw new UsageError('--email is missing');
  const role = (values.role ?? '').toUpperCase();
  if (!isRole(role)) throw new UsageError(`--role is one of ${ROLES.join(', ').toLowerCase()}`);
  return changeRole(kind, values.email, role);
}

await runCommand('accounts', async () => console.log(await run()));

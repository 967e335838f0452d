import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Client, SignedIn } from './client.ts';
import { SignInDocument } from './generated/operations.ts';

const run = promisify(execFile);

/**
 * Somebody new whom the operator has made an administrator, signed in since.
 * @param databaseUrl of auth
 */
export async function signUpAdministrator(client: Client, databaseUrl: string): Promise<SignedIn> {
  const member = await client.signUp();
  const { email, password } = member;
  await run(
    process.execPath,
    ['--import', 'tsx', 'subgraphs/auth/bin/accounts.ts', 'grant-role', '--email', email, '--role', 'administrator'],
    { env: { ...process.env, DATABASE_URL_AUTH: databaseUrl } },
  );
  const { data, errors } = await client.send(SignInDocument, { input: { email, password } });
  if (data?.signIn.__typename !== 'SignInSuccess')
    throw new Error(`sign-in failed: ${JSON.stringify({ data, errors })}`);
  return { ...member, ...data.signIn.session };
}

import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { StartError } from '@community/database/start-error';

/** Secrets of one installation, by the names of the environment variables that override them. */
export interface Secrets {
  /** What the router shows to subgraphs. */
  readonly ROUTER_SECRET: string;
  /** What services show to each other. */
  readonly SERVICE_SECRET: string;
  /** With what auth encrypts its signing keys at rest. */
  readonly KEY_ENCRYPTION_SECRET: string;
  /** With what notification signs push messages (VAPID); devices that subscribed know its public half. */
  readonly VAPID_PRIVATE_KEY: string;
  /** From what the passwords of the domains' database roles are derived. */
  readonly DATABASE_SECRET: string;
  /** A key of the registry with every right. */
  readonly REGISTRY_KEY: string;
  /** A key of the registry for routers. */
  readonly REGISTRY_ROUTER_KEY: string;
  /** The password of the sample members. */
  readonly SAMPLE_PASSWORD: string;
}

const MINIMUM_LENGTH = 32;
// Windows has no such modes; the folder's own rights hold there.
const hasModes = process.platform !== 'win32';

function generate(): Secrets {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    ROUTER_SECRET: secret(),
    SERVICE_SECRET: secret(),
    KEY_ENCRYPTION_SECRET: secret(),
    VAPID_PRIVATE_KEY: String(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d,
    ),
    DATABASE_SECRET: secret(),
    REGISTRY_KEY: `service:community:${secret()}`,
    REGISTRY_ROUTER_KEY: `service:community:${secret()}`,
    SAMPLE_PASSWORD: randomBytes(9).toString('base64url'),
  };
}

function readKept(file: string): Partial<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (kept && typeof kept === 'object') return kept as Partial<Record<string, string>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code)
      throw new StartError(`${file} cannot be read: make it readable for the account that starts the platform.`);
  }
  throw new StartError(
    `${file} is not readable as JSON: restore it from a backup, or start afresh with \`npm run reset\`.`,
  );
}

/** Nobody but its owner reads the file. @returns whether that had to be repaired */
function makePrivate(file: string): boolean {
  if (!hasModes || (statSync(file).mode & 0o077) === 0) return false;
  try {
    chmodSync(file, 0o600);
    return true;
  } catch {
    throw new StartError(
      `${file} can be read by other accounts and is not yours to change: run \`chmod 600\` on it as its owner.`,
    );
  }
}

function writePrivate(file: string, secrets: Secrets): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}

/**
 * The secrets of this installation: those of the environment, else those kept in the file, else new ones, which are
 * kept from then on.
 * @returns `repaired` when the file could be read by others until now
 * @throws StartError when the file or a given secret cannot be used
 */
export function loadSecrets(
  file: string,
  env: NodeJS.ProcessEnv = process.env,
): { secrets: Secrets; repaired: boolean } {
  const exists = existsSync(file);
  const repaired = exists && makePrivate(file);
  const kept = exists ? readKept(file) : {};
  const complete: Secrets = { ...generate(), ...kept };
  if (Object.keys(complete).some((name) => !(name in kept))) writePrivate(file, complete);

  const names = Object.keys(generate()) as (keyof Secrets)[];
  const overrides = names.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const short = overrides.find(([name, value]) => name !== 'SAMPLE_PASSWORD' && value.length < MINIMUM_LENGTH);
  if (short)
    throw new StartError(
      `${short[0]} is too short: give at least ${MINIMUM_LENGTH} characters, or unset it to have one generated.`,
    );
  return { secrets: { ...complete, ...Object.fromEntries(overrides) }, repaired };
}

/** The password of a domain's database role. */
export function databasePassword(secrets: Secrets, domain: string): string {
  return createHmac('sha256', secrets.DATABASE_SECRET).update(`database:${domain}`).digest('base64url');
}

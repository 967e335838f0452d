import { z } from 'zod';

/** Configuration that cannot be used; the message is one line that says which variable, what is wrong and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads configuration from environment variables.
 * @param shape one zod type per variable name
 * @throws ConfigError naming every variable that is missing or wrong; values are never repeated, they may be secrets
 */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is not set` : `${name} is not usable: ${issue.message}`;
  });
  throw new ConfigError(`configuration: ${[...new Set(faults)].join('; ')} (see "Configuration" in README.md)`);
}

/** A TCP port, 0 for any free one. */
export const portVariable = z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535);

/** The base URL of a service, without a path. */
export const serviceUrlVariable = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4101' })
  .transform((url) => url.replace(/\/+$/, ''));

/** A PostgreSQL connection URL. */
export const databaseUrlVariable = z.string().regex(/^postgres(ql)?:\/\/.+\/.+/, {
  error: 'must be a URL such as postgres://role:password@host:5432/database',
});

/** A shared secret of at least 32 characters. */
export const secretVariable = z.string().min(32, { error: 'must have at least 32 characters' });

/** The variables that every service reads. */
export const commonVariables = {
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: portVariable,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
};

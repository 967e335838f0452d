import { readConfig, secretVariable, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';

/**
 * The configuration that only this domain reads.
 * @throws ConfigError
 */
export function readNotificationConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(
    {
      SUBGRAPH_URL_AUTH: serviceUrlVariable,
      SERVICE_SECRET: secretVariable,
      PUBLIC_URL: serviceUrlVariable.default('http://localhost:4000'),
      VAPID_PRIVATE_KEY: z.string().regex(/^[A-Za-z0-9_-]{43}$/, {
        error: 'must be a private key of P-256: 32 bytes in base64url',
      }),
      VAPID_SUBJECT: z
        .string()
        .regex(/^(mailto:|https:\/\/)./, { error: 'must be an address such as mailto:operator@example.org' })
        .optional(),
    },
    env,
  );
  const https = config.PUBLIC_URL.startsWith('https:') ? config.PUBLIC_URL : undefined;
  return { ...config, VAPID_SUBJECT: config.VAPID_SUBJECT ?? https ?? 'mailto:operator@localhost' };
}

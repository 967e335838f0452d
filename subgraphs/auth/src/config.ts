import { databaseUrlVariable, readConfig, secretVariable, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';
import { isEmail, normaliseEmail } from './modules/account/email.ts';

/** E-mail addresses, separated by commas. */
const emailsVariable = z
  .string()
  .default('')
  .transform((text) => new Set(text.split(',').map(normaliseEmail).filter(Boolean)))
  .refine((emails) => [...emails].every(isEmail), { error: 'must be e-mail addresses, separated by commas' });

/** What this domain reads from the environment beyond what every subgraph does. */
export function readAuthConfig(env: NodeJS.ProcessEnv) {
  return readConfig(
    {
      SERVICE_SECRET: secretVariable,
      KEY_ENCRYPTION_SECRET: secretVariable,
      SUBGRAPH_URL_USER: serviceUrlVariable,
      ADMINISTRATOR_EMAILS: emailsVariable,
      ERASURE_DELAY_HOURS: z.coerce.number({ error: 'must be a number of hours' }).min(0).max(8_760).default(168),
      DATABASE_URL_AUTH: databaseUrlVariable,
      PUBLIC_URL: serviceUrlVariable.default('http://localhost:4000'),
    },
    env,
  );
}

import { databaseUrlVariable, readConfig, secretVariable, serviceUrlVariable } from '@community/kit/config';
import { z } from 'zod';

/** What this domain reads from the environment beyond what every subgraph does. */
export function readAuthConfig(env: NodeJS.ProcessEnv) {
  return readConfig(
    {
      SERVICE_SECRET: secretVariable,
      KEY_ENCRYPTION_SECRET: secretVariable,
      SUBGRAPH_URL_USER: serviceUrlVariable,
      ERASURE_DELAY_HOURS: z.coerce.number({ error: 'must be a number of hours' }).min(0).max(8_760).default(168),
      DATABASE_URL_AUTH: databaseUrlVariable,
      PUBLIC_URL: serviceUrlVariable.default('http://localhost:4000'),
    },
    env,
  );
}

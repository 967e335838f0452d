import { ConfigError, readConfig } from '@community/kit/config';
import { z } from 'zod';
import { PRESETS } from './presets.ts';
import type { ProviderSettings } from './provider.ts';

const ID = /^[a-z][a-z0-9]{0,19}$/;

const issuerVariable = z.url({
  protocol: /^https?$/,
  error: "must be the issuer's URL, such as https://id.example.org",
});

/**
 * The providers that `OAUTH_PROVIDERS` names, each with `OAUTH_<NAME>_CLIENT_ID` and `OAUTH_<NAME>_CLIENT_SECRET`. One that is
 * no preset is found by `OAUTH_<NAME>_ISSUER` (OpenID Connect Discovery).
 * @throws ConfigError
 */
export function readProviders(env: NodeJS.ProcessEnv): ProviderSettings[] {
  const ids = (env.OAUTH_PROVIDERS ?? '').split(',').map((id) => id.trim().toLowerCase());
  return [...new Set(ids.filter(Boolean))].map((id) => {
    if (!ID.test(id))
      throw new ConfigError(`configuration: OAUTH_PROVIDERS: ${id} is not a name of letters a-z and digits`);
    const name = (key: string) => `OAUTH_${id.toUpperCase()}_${key}`;
    const required = z.string({ error: `is needed, as OAUTH_PROVIDERS names ${id}` }).min(1);
    const base = readConfig({ [name('CLIENT_ID')]: required, [name('CLIENT_SECRET')]: required }, env);
    const own = {
      id,
      clientId: base[name('CLIENT_ID')] as string,
      clientSecret: base[name('CLIENT_SECRET')] as string,
    };
    const preset = PRESETS[id];
    if (preset) return { ...preset, ...own };
    const generic = readConfig(
      {
        [name('ISSUER')]: issuerVariable,
        [name('NAME')]: z.string().default(id),
        [name('SCOPE')]: z.string().default('openid email profile'),
        [name('BELIEVE_EMAIL')]: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
      },
      env,
    );
    return {
      ...own,
      name: generic[name('NAME')] as string,
      scope: generic[name('SCOPE')] as string,
      believeEmail: generic[name('BELIEVE_EMAIL')] === 'true',
      kind: { issuer: generic[name('ISSUER')] as string },
    };
  });
}

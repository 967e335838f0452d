import type { Logger } from '@community/kit/log';
import { ServiceUnavailableError } from '@community/kit/service-client';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { OAuthChecks, ProvidedIdentity, Provider, ProviderSettings } from './provider.ts';

const TIMEOUT_SECONDS = 8;

const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().nullish(),
  // Some providers write it as a text.
  email_verified: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).nullish(),
  name: z.string().nullish(),
});

const isLoopback = (url: URL) => url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);

/** A provider by its settings: authorization code with PKCE (RFC 7636), state and, by OpenID Connect, a nonce. */
export function createProvider(settings: ProviderSettings, publicUrl: string, log: Logger): Provider {
  const { id, name, clientId, clientSecret, scope, kind } = settings;
  const redirectUri = `${publicUrl}/auth/oauth/callback/${id}`;
  let known: Promise<oidc.Configuration> | null = null;

  /** Reads the provider's metadata once, and again after a failure. */
  function configuration(): Promise<oidc.Configuration> {
    known ??= read().catch((error: unknown) => {
      known = null;
      log.warn({ err: error, provider: id }, 'the configuration of a sign-in provider could not be read');
      throw new ServiceUnavailableError(`${name} does not answer`);
    });
    return known;
  }

  async function read(): Promise<oidc.Configuration> {
    const issuer = new URL(kind.issuer);
    // Without TLS only on this very machine: for development and tests.
    const execute = isLoopback(issuer) ? [oidc.allowInsecureRequests] : [];
    if (!('authorize' in kind))
      return oidc.discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: TIMEOUT_SECONDS });
    const metadata = {
      issuer: kind.issuer,
      authorization_endpoint: kind.authorize,
      token_endpoint: kind.token,
    };
    const config = new oidc.Configuration(metadata, clientId, clientSecret);
    config.timeout = TIMEOUT_SECONDS;
    return config;
  }

  async function identify(config: oidc.Configuration, tokens: TokenAnswer): Promise<ProvidedIdentity> {
    if ('identify' in kind) {
      return kind.identify(async (url) => {
        const response = await oidc.fetchProtectedResource(config, tokens.access_token, new URL(url), 'GET');
        if (!response.ok) throw new Error(`${url} answered ${response.status}`);
        return response.json();
      });
    }
    const claims = claimsSchema.parse(tokens.claims());
    // What the id token does not say, the provider may say when it is asked.
    const asked =
      claims.email == null && config.serverMetadata().userinfo_endpoint
        ? claimsSchema.parse(await oidc.fetchUserInfo(config, tokens.access_token, claims.sub))
        : claims;
    return {
      subject: claims.sub,
      email: asked.email ?? null,
      emailVerified: asked.email_verified ?? false,
      name: asked.name ?? claims.name ?? null,
    };
  }

  return {
    id,
    name,
    async begin(checks) {
      const config = await configuration();
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        ...(scope ? { scope } : {}),
        state: checks.state,
        code_challenge: await oidc.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
        ...('authorize' in kind ? {} : { nonce: checks.nonce }),
      });
    },

    async finish(parameters, checks: OAuthChecks) {
      const config = await configuration();
      try {
        const url = new URL(redirectUri);
        url.search = parameters;
        const tokens = await oidc.authorizationCodeGrant(config, url, {
          expectedState: checks.state,
          pkceCodeVerifier: checks.codeVerifier,
          ...('authorize' in kind ? {} : { expectedNonce: checks.nonce, idTokenExpected: true }),
        });
        const identity = await identify(config, tokens);
        return { ...identity, emailVerified: identity.emailVerified && settings.believeEmail };
      } catch (error) {
        // Not the error's cause: it may hold what the provider answered.
        log.info(
          { provider: id, reason: error instanceof Error ? error.message : '' },
          'a sign-in at a provider failed',
        );
        return null;
      }
    },
  };
}

type TokenAnswer = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** What only this side knows of a sign-in that begins now. */
export function newSecrets(): Pick<OAuthChecks, 'codeVerifier' | 'nonce'> {
  return { codeVerifier: oidc.randomPKCECodeVerifier(), nonce: oidc.randomNonce() };
}

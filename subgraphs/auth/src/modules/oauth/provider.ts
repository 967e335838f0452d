/** A member as a provider knows her. */
export interface ProvidedIdentity {
  /** Hers for ever at this provider. */
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider says that it is hers, and is one that is believed. */
  readonly emailVerified: boolean;
  readonly name: string | null;
}

/** What a sign-in at a provider keeps from its beginning to its end. */
export interface OAuthChecks {
  readonly state: string;
  readonly codeVerifier: string;
  readonly nonce: string;
}

/** Somebody else who knows members: by OAuth 2.0 or OpenID Connect. */
export interface Provider {
  readonly id: string;
  /** For people. */
  readonly name: string;
  /** Where the browser goes. @throws ServiceUnavailableError when the provider's configuration cannot be read */
  begin(checks: OAuthChecks): Promise<URL>;
  /**
   * Who came back.
   * @param parameters the query of the call-back, as it came
   * @returns null when the provider refused, or what came back is not what was begun
   */
  finish(parameters: string, checks: OAuthChecks): Promise<ProvidedIdentity | null>;
}

/** What the operator says of a provider. */
export interface ProviderSettings {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
  /** Whether its word counts that an address is hers. */
  readonly believeEmail: boolean;
  readonly kind: OpenIdConnect | PlainOAuth;
}

export interface OpenIdConnect {
  readonly issuer: string;
}

/** OAuth 2.0 without an id token: who she is, is asked of an interface of the provider's own. */
export interface PlainOAuth {
  readonly issuer: string;
  readonly authorize: string;
  readonly token: string;
  readonly identify: (ask: (url: string) => Promise<unknown>) => Promise<ProvidedIdentity>;
}

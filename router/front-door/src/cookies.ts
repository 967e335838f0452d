/** The tokens of a session, as auth gives them. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: string;
}

/** A sign-in at a provider, as the browser that began it remembers it. */
export interface OAuthBegun {
  readonly state: string;
  readonly returnTo: string;
}

/** Cookies' names and attributes; prefixes (RFC 6265bis, section 4.1.3) bind them to a secure origin where there is one. */
export function createCookies(publicUrl: string) {
  const secure = publicUrl.startsWith('https:');
  const access = secure ? '__Host-access' : 'access';
  const refresh = secure ? '__Secure-refresh' : 'refresh';
  const attributes = (path: string, expires: Date) =>
    `Path=${path}; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure ? '; Secure' : ''}`;
  const oauth = secure ? '__Secure-oauth' : 'oauth';
  const oauthSeconds = 600;
  const gone = new Date(0);

  function read(header: string | undefined, name: string): string | undefined {
    for (const part of (header ?? '').split(';')) {
      const at = part.indexOf('=');
      if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
    }
    return undefined;
  }

  return {
    accessToken: (header: string | undefined) => read(header, access),
    refreshToken: (header: string | undefined) => read(header, refresh),
    /** `Set-Cookie` values that begin a session. The refresh token travels to /auth only. */
    begin: (tokens: SessionTokens): string[] => [
      // Kept as long as the session, so that an expired token is told from none and the browser is asked to refresh it.
      `${access}=${tokens.accessToken}; ${attributes('/', new Date(tokens.refreshTokenExpiresAt))}`,
      `${refresh}=${tokens.refreshToken}; ${attributes('/auth', new Date(tokens.refreshTokenExpiresAt))}`,
    ],
    /** What binds this browser to a sign-in at a provider that it began, and where it leads back to. */
    oauth(header: string | undefined): OAuthBegun | null {
      const [state, returnTo] = (read(header, oauth) ?? '').split('.', 2);
      return state && returnTo ? { state, returnTo: Buffer.from(returnTo, 'base64url').toString() } : null;
    },
    beginOAuth: ({ state, returnTo }: OAuthBegun): string =>
      `${oauth}=${state}.${Buffer.from(returnTo).toString('base64url')}; ${attributes('/auth/oauth', new Date(Date.now() + oauthSeconds * 1000))}`,
    endOAuth: (): string => `${oauth}=; ${attributes('/auth/oauth', gone)}`,
    /** `Set-Cookie` values that end a session. */
    end: (): string[] => [`${access}=; ${attributes('/', gone)}`, `${refresh}=; ${attributes('/auth', gone)}`],
  };
}

export type Cookies = ReturnType<typeof createCookies>;

/** What ended a session before its time. */
export type SessionEnd = 'SIGNED_OUT' | 'REVOKED' | 'TOKEN_REUSED';

/** Where a session was opened, as its member sees it in her list. */
export interface Session {
  readonly id: string;
  readonly clientName: string;
  readonly clientAddress: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

/** The client that asks. */
export interface Client {
  readonly name: string;
  /** Its IP address, or empty. */
  readonly address: string;
}

/** What a client needs to act as a member. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** A refresh token that was found, with the state of its session. */
export interface FoundToken {
  readonly sessionId: string;
  readonly accountId: string;
  /** Of the token, and of the tokens that are good now. */
  readonly generation: number;
  readonly currentGeneration: number;
  /** When the current generation began. */
  readonly rotatedAt: Date;
  readonly tokenExpiresAt: Date;
  readonly sessionExpiresAt: Date;
  readonly ended: boolean;
}

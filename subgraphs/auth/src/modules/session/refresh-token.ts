import { createHash, randomBytes } from 'node:crypto';

/** What a refresh token is stored and found by. The token is random, so a fast hash is enough. */
export function refreshTokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** A new opaque refresh token of 256 random bits. */
export function newRefreshToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: refreshTokenHash(token) };
}

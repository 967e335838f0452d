import { createHash, randomBytes } from 'node:crypto';

/** What an opaque token is stored and found by. The token is random, so a fast hash is enough. */
export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}

/** A new opaque token of 256 random bits. */
export function newToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: tokenHash(token) };
}

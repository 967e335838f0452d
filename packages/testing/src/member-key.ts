import { generateKeyPairSync } from 'node:crypto';
import { newId } from '@community/kit/ids';
import type { Role } from '@community/kit/member';
import { ACCESS_TOKEN_SECONDS, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@community/kit/member-token';
import jwt from 'jsonwebtoken';

export interface TestMember {
  readonly id: string;
  readonly sessionId: string;
  readonly token: string;
}

/** A signing key as auth has one, for tests of a domain without auth: its JWKS, and members with tokens of it. */
export function createMemberKey() {
  const kid = newId();
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return {
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] },

    /** A member nobody else has, with a good token. */
    member(options: { id?: string; roles?: Role[]; scope?: string; issuedSecondsAgo?: number } = {}): TestMember {
      const id = options.id ?? newId();
      const sessionId = newId();
      const iat = Math.floor(Date.now() / 1_000) - (options.issuedSecondsAgo ?? 0);
      const claims = {
        sid: sessionId,
        roles: options.roles ?? ['MEMBER'],
        iat,
        ...(options.scope !== undefined && { scope: options.scope }),
      };
      const token = jwt.sign(claims, pem, {
        algorithm: 'ES256',
        keyid: kid,
        subject: id,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        expiresIn: ACCESS_TOKEN_SECONDS,
      });
      return { id, sessionId, token };
    },
  };
}

export type MemberKey = ReturnType<typeof createMemberKey>;
